import type { Instant } from '../model/clock.ts';
import type { ApiKeyId, EntityId, UserId } from '../model/ids.ts';
import type { Queryable, Transaction } from './database.ts';

/** A new key of a service account, sealed, that may be shown for a while. */
export interface FreshKey {
  readonly apiKeyId: ApiKeyId;
  /** The service account. */
  readonly userId: UserId;
  readonly sealed: Uint8Array;
}

export interface NewFreshKey extends Omit<FreshKey, 'userId'> {
  readonly madeBy: UserId;
  readonly madeAt: Instant;
  /** From when on it is shown no more. */
  readonly endsAt: Instant;
}

/** Keeps a sealed key, and drops those whose time is over. */
export async function insertFreshKey(tx: Transaction, key: NewFreshKey): Promise<void> {
  await tx.execute('delete from fresh_key where ends_at <= to_timestamp($1::float8 / 1000)', [key.madeAt]);
  await tx.execute(
    `insert into fresh_key (api_key_id, made_by, sealed, made_at, ends_at)
     values ($1::bigint, $2::bigint, $3::bytea, to_timestamp($4::float8 / 1000), to_timestamp($5::float8 / 1000))`,
    [key.apiKeyId, key.madeBy, key.sealed, key.madeAt, key.endsAt],
  );
}

/** The keys of a team's service accounts that somebody made and may still see, oldest first. */
export function freshKeysOf(
  database: Queryable,
  asked: { readonly teamId: EntityId; readonly madeBy: UserId; readonly now: Instant },
): Promise<FreshKey[]> {
  return database.query<FreshKey>(
    `select fresh_key.api_key_id as "apiKeyId", api_key.user_id as "userId", fresh_key.sealed
     from fresh_key
     join api_key on api_key.id = fresh_key.api_key_id
     join app_user on app_user.id = api_key.user_id and app_user.service_of = $1::bigint
     where fresh_key.made_by = $2::bigint and fresh_key.ends_at > to_timestamp($3::float8 / 1000)
     order by fresh_key.api_key_id`,
    [asked.teamId, asked.madeBy, asked.now],
  );
}
