import type { Instant } from '../model/clock.ts';
import type { EntityId, UserId } from '../model/ids.ts';
import type { Queryable, Transaction } from './database.ts';

export interface User {
  readonly id: UserId;
  readonly username: string;
  readonly email: string | null;
  readonly admin: boolean;
  /** The personal entity, of the same name; service accounts have none. */
  readonly entityId: EntityId | null;
  /** The team of a service account; `null` for people. */
  readonly serviceOf: EntityId | null;
  /** What people call a service account. */
  readonly displayName: string | null;
  readonly createdAt: Instant;
}

export interface NewUser {
  readonly username: string;
  readonly email: string | null;
  readonly admin: boolean;
  readonly passwordHash: string | null;
  readonly entityId: EntityId;
  readonly now: Instant;
}

export const USER_COLUMNS = `id, username, email, admin, entity_id as "entityId", service_of as "serviceOf",
  display_name as "displayName", created_at as "createdAt"`;

/** Makes a user whose default entity is the personal one; `undefined` when the username or the email is taken. */
export async function insertUser(tx: Transaction, user: NewUser): Promise<User | undefined> {
  const [row] = await tx.query<User>(
    `insert into app_user (username, email, admin, password_hash, entity_id, default_entity_id, created_at)
     values ($1::text, $2::text, $3::boolean, $4::text, $5::bigint, $5::bigint, to_timestamp($6::float8 / 1000))
     on conflict do nothing
     returning ${USER_COLUMNS}`,
    [user.username, user.email, user.admin, user.passwordHash, user.entityId, user.now],
  );
  return row;
}

export async function userByUsername(database: Queryable, username: string): Promise<User | undefined> {
  const [row] = await database.query<User>(
    `select ${USER_COLUMNS} from app_user where username = $1::text and deleted_at is null`,
    [username],
  );
  return row;
}

/** Those of some names that no user has, or had before they were deleted. */
export async function unknownUsernames(database: Queryable, names: readonly string[]): Promise<string[]> {
  const rows = await database.query<{ name: string }>(
    `select name from unnest($1::text[]) name where not exists (select from app_user where username = name)`,
    [names],
  );
  return rows.map(({ name }) => name);
}

export async function userById(database: Queryable, id: UserId): Promise<User | undefined> {
  const [row] = await database.query<User>(
    `select ${USER_COLUMNS} from app_user where id = $1::bigint and deleted_at is null`,
    [id],
  );
  return row;
}

export async function userByEntity(database: Queryable, entityId: EntityId): Promise<User | undefined> {
  const [row] = await database.query<User>(
    `select ${USER_COLUMNS} from app_user where entity_id = $1::bigint and deleted_at is null`,
    [entityId],
  );
  return row;
}

/** Users whose username or email is exactly the text; username first. */
export function usersNamed(database: Queryable, text: string): Promise<User[]> {
  return database.query<User>(
    `select ${USER_COLUMNS} from app_user
     where (username = $1::text or lower(email) = lower($1::text)) and deleted_at is null
     order by username <> $1::text`,
    [text],
  );
}

/** Who may sign in with a password, and its stored form; `null` when none was set. */
export interface Credentials {
  readonly id: UserId;
  readonly username: string;
  readonly entityId: EntityId;
  readonly passwordHash: string | null;
}

const CREDENTIALS = 'id, username, entity_id as "entityId", password_hash as "passwordHash"';

/** The person whose username, or else whose email, is exactly the text. */
export async function credentialsNamed(database: Queryable, text: string): Promise<Credentials | undefined> {
  const [row] = await database.query<Credentials>(
    `select ${CREDENTIALS} from app_user
     where (username = $1::text or lower(email) = lower($1::text)) and kind = 'person' and deleted_at is null
     order by username <> $1::text limit 1`,
    [text],
  );
  return row;
}

/** The same of a user, locked until the transaction ends. */
export async function lockCredentials(tx: Transaction, id: UserId): Promise<Credentials | undefined> {
  const [row] = await tx.query<Credentials>(
    `select ${CREDENTIALS} from app_user
     where id = $1::bigint and kind = 'person' and deleted_at is null for no key update`,
    [id],
  );
  return row;
}

/** Whether a user can sign in with a password. */
export async function hasPassword(database: Queryable, id: UserId): Promise<boolean> {
  const rows = await database.query('select from app_user where id = $1::bigint and password_hash is not null', [id]);
  return rows.length > 0;
}

export async function updatePassword(tx: Transaction, id: UserId, passwordHash: string): Promise<void> {
  await tx.execute('update app_user set password_hash = $2::text where id = $1::bigint', [id, passwordHash]);
}

/** Users in the order they were made, after the user `after`. */
export function listUsers(database: Queryable, after: UserId | null, limit: number): Promise<User[]> {
  return database.query<User>(
    `select ${USER_COLUMNS} from app_user
     where deleted_at is null and ($1::bigint is null or id > $1::bigint)
     order by id limit $2::int`,
    [after, limit],
  );
}

/** Removes a user, their keys and memberships; the username and email are free again. */
export async function removeUser(tx: Transaction, id: UserId, now: Instant): Promise<void> {
  await Promise.all([
    tx.execute(`update app_user set deleted_at = to_timestamp($2::float8 / 1000) where id = $1::bigint`, [id, now]),
    tx.execute('delete from session where user_id = $1::bigint', [id]),
    tx.execute('delete from api_key where user_id = $1::bigint', [id]),
    tx.execute('delete from member where user_id = $1::bigint', [id]),
    tx.execute('delete from project_member where user_id = $1::bigint', [id]),
  ]);
}

/** Locks the instance admins until the transaction ends, so that two deletions cannot both leave one behind. */
export async function lockInstanceAdmins(tx: Transaction): Promise<UserId[]> {
  const rows = await tx.query<{ id: UserId }>(
    'select id from app_user where admin and deleted_at is null order by id for no key update',
  );
  return rows.map((row) => row.id);
}
