import type { EntityId, UserId } from '../model/ids.ts';
import type { Queryable } from './database.ts';

/** Sets the entity that is used when a user's request names none. */
export async function updateDefaultEntity(database: Queryable, userId: UserId, entityId: EntityId): Promise<void> {
  await database.execute(
    'update app_user set default_entity_id = $2::bigint where id = $1::bigint and deleted_at is null',
    [userId, entityId],
  );
}
