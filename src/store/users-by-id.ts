import type { UserId } from '../model/ids.ts';
import type { Queryable } from './database.ts';
import { USER_COLUMNS, type User } from './users.ts';

export type { User } from './users.ts';

/** The living ones of some users. */
export function usersById(database: Queryable, ids: readonly UserId[]): Promise<User[]> {
  return database.query<User>(
    `select ${USER_COLUMNS} from app_user
     where id = any($1::bigint[]) and deleted_at is null`,
    [ids],
  );
}
