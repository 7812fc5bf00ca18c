import type { Instant } from '../model/clock.ts';
import type { ApiKeyId, SessionId, UserId } from '../model/ids.ts';
import { type KeyOwner, OWNER } from './api-keys.ts';
import type { Queryable, Transaction } from './database.ts';

/** A browser in which somebody is signed in; never the token in its cookie. */
export interface Session {
  readonly id: SessionId;
  readonly userId: UserId;
  /** The key it began with; `null` for a password. */
  readonly apiKeyId: ApiKeyId | null;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly createdAt: Instant;
  /** Kept to the hour. */
  readonly usedAt: Instant;
  readonly expiresAt: Instant;
}

export interface NewSession extends Omit<Session, 'id' | 'usedAt'> {
  /** SHA-256 of the token. */
  readonly hash: Uint8Array;
}

const COLUMNS = `session.id, session.user_id as "userId", session.api_key_id as "apiKeyId", session.address,
  session.user_agent as "userAgent", session.created_at as "createdAt", session.used_at as "usedAt",
  session.expires_at as "expiresAt"`;

/** Keeps a new session; what has expired of the user's goes. `undefined` when its API key is gone. */
export async function insertSession(tx: Transaction, session: NewSession): Promise<Session | undefined> {
  const { userId, hash, apiKeyId, address, userAgent, createdAt, expiresAt } = session;
  await tx.execute('delete from session where user_id = $1::bigint and expires_at <= $2::timestamptz', [
    userId,
    new Date(createdAt),
  ]);
  const [row] = await tx.query<Session>(
    `insert into session (user_id, hash, api_key_id, address, user_agent, created_at, used_at, expires_at)
     select $1::bigint, $2::bytea, $3::bigint, $4::text, $5::text, $6::timestamptz, $6::timestamptz, $7::timestamptz
     where $3::bigint is null or exists (select from api_key where id = $3::bigint for key share)
     returning ${COLUMNS}`,
    [userId, hash, apiKeyId, address, userAgent, new Date(createdAt), new Date(expiresAt)],
  );
  return row;
}

/** Who is signed in, by the token's hash, with the session; `undefined` when it ended or has expired. */
export async function ownerOfSession(
  database: Queryable,
  hash: Uint8Array,
  now: Instant,
): Promise<{ owner: KeyOwner; session: Session } | undefined> {
  const [row] = await database.query<KeyOwner & Session>(
    `select ${OWNER}, ${COLUMNS}
     from session
     join app_user owner on owner.id = session.user_id and owner.deleted_at is null
     join entity home on home.id = owner.default_entity_id
     where session.hash = $1::bytea and session.expires_at > $2::timestamptz`,
    [hash, new Date(now)],
  );
  return row && { owner: row, session: row };
}

/** Notes that a session is used, and how long it goes on. */
export async function renewSession(
  database: Queryable,
  id: SessionId,
  { now, expiresAt }: { readonly now: Instant; readonly expiresAt: Instant },
): Promise<void> {
  await database.execute(
    'update session set used_at = $2::timestamptz, expires_at = $3::timestamptz where id = $1::bigint',
    [id, new Date(now), new Date(expiresAt)],
  );
}

/** A user's living sessions, the last used first. */
export function sessionsOf(database: Queryable, userId: UserId, now: Instant): Promise<Session[]> {
  return database.query<Session>(
    `select ${COLUMNS} from session
     where user_id = $1::bigint and expires_at > $2::timestamptz order by used_at desc, id desc`,
    [userId, new Date(now)],
  );
}

/** Ends one session of a user; `undefined` when there is none of that id. */
export async function removeSession(tx: Transaction, userId: UserId, id: SessionId): Promise<Session | undefined> {
  const [row] = await tx.query<Session>(
    `delete from session where user_id = $1::bigint and id = $2::bigint returning ${COLUMNS}`,
    [userId, id],
  );
  return row;
}

/** Ends all sessions of a user, but for one to be kept. @returns how many */
export function removeSessionsOf(tx: Transaction, userId: UserId, kept: SessionId | null): Promise<number> {
  return tx.execute('delete from session where user_id = $1::bigint and id is distinct from $2::bigint', [
    userId,
    kept,
  ]);
}
