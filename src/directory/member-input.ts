import { notFound } from '../model/error.ts';
import type { Role } from '../model/viewer.ts';
import type { Queryable } from '../store/database.ts';
import type { User } from '../store/users.ts';
import { userByUsername } from '../store/users.ts';

/** A user who is to have a role. */
export interface MemberInput {
  readonly username: string;
  readonly role: Role;
}

/** The user of a member input. @throws TriplineError not_found */
export async function memberUser(database: Queryable, member: Pick<MemberInput, 'username'>): Promise<User> {
  const user = await userByUsername(database, member.username);
  if (user === undefined) throw notFound(`user '${member.username}' not found`);
  return user;
}
