import type { Instant } from '../model/clock.ts';
import type { EntityId, UserId } from '../model/ids.ts';
import type { Transaction } from './database.ts';
import { USER_COLUMNS, type User } from './users.ts';

export interface NewServiceAccount {
  readonly username: string;
  readonly displayName: string;
  readonly teamId: EntityId;
  readonly now: Instant;
}

/** Makes a service account of a team; `undefined` when the name is taken by a user, team or organization. */
export async function insertServiceAccount(tx: Transaction, account: NewServiceAccount): Promise<User | undefined> {
  const [row] = await tx.query<User>(
    `insert into app_user (kind, username, display_name, service_of, default_entity_id, created_at)
     select 'service', $1::text, $2::text, $3::bigint, $3::bigint, to_timestamp($4::float8 / 1000)
     where not exists (select from entity where name = $1::text and deleted_at is null)
     on conflict do nothing
     returning ${USER_COLUMNS}`,
    [account.username, account.displayName, account.teamId, account.now],
  );
  return row;
}

/** Gives a service account another description; its name stays. */
export async function updateDisplayName(tx: Transaction, id: UserId, displayName: string): Promise<void> {
  await tx.execute('update app_user set display_name = $2::text where id = $1::bigint', [id, displayName]);
}

/** Removes the service accounts of entities, and their keys. */
export async function removeServiceAccountsOf(
  tx: Transaction,
  entityIds: readonly EntityId[],
  now: Instant,
): Promise<void> {
  const removed = await tx.query<{ id: UserId }>(
    `update app_user set deleted_at = to_timestamp($2::float8 / 1000)
     where service_of = any($1::bigint[]) and deleted_at is null returning id`,
    [entityIds, now],
  );
  await tx.execute('delete from api_key where user_id = any($1::bigint[])', [removed.map(({ id }) => id)]);
}
