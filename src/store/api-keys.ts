import type { Instant } from '../model/clock.ts';
import type { ApiKeyId, EntityId, ProjectId, UserId } from '../model/ids.ts';
import type { RegistryRole, Role } from '../model/viewer.ts';
import type { Queryable, Transaction } from './database.ts';

/** What may be shown of a key: never the key. */
export interface ApiKey {
  readonly id: ApiKeyId;
  /** Its last characters, so that people can tell their keys apart. */
  readonly hint: string;
  readonly description: string | null;
  readonly createdAt: Instant;
}

export interface NewApiKey {
  readonly userId: UserId;
  /** SHA-256 of the key. */
  readonly hash: Uint8Array;
  readonly hint: string;
  readonly description: string | null;
  readonly now: Instant;
}

const COLUMNS = 'id, hint, description, created_at as "createdAt"';

/** Stores a key's hash; `undefined` when the same key exists. */
export async function insertApiKey(database: Queryable, key: NewApiKey): Promise<ApiKey | undefined> {
  const [row] = await database.query<ApiKey>(
    `insert into api_key (user_id, hash, hint, description, created_at)
     values ($1::bigint, $2::bytea, $3::text, $4::text, to_timestamp($5::float8 / 1000))
     on conflict do nothing
     returning ${COLUMNS}`,
    [key.userId, key.hash, key.hint, key.description, key.now],
  );
  return row;
}

/** A user's keys, oldest first. */
export function apiKeysOf(database: Queryable, userId: UserId): Promise<ApiKey[]> {
  return database.query<ApiKey>(`select ${COLUMNS} from api_key where user_id = $1::bigint order by id`, [userId]);
}

/** The keys of several users, oldest first. */
export function apiKeysOfMany(
  database: Queryable,
  userIds: readonly UserId[],
): Promise<(ApiKey & { readonly userId: UserId })[]> {
  return database.query(
    `select ${COLUMNS}, user_id as "userId" from api_key where user_id = any($1::bigint[]) order by id`,
    [userIds],
  );
}

/** Removes a key of a user and returns it; `undefined` when the user has no such key. */
export async function removeApiKey(database: Queryable, userId: UserId, id: ApiKeyId): Promise<ApiKey | undefined> {
  const [row] = await database.query<ApiKey>(
    `delete from api_key where user_id = $1::bigint and id = $2::bigint returning ${COLUMNS}`,
    [userId, id],
  );
  return row;
}

/** Removes all keys of a user: what is sent with them is refused from now on. */
export async function removeApiKeysOf(tx: Transaction, userId: UserId): Promise<void> {
  await tx.execute('delete from api_key where user_id = $1::bigint', [userId]);
}

/** The owner of a key with all their roles. */
export interface KeyOwner {
  readonly userId: UserId;
  readonly username: string;
  readonly email: string | null;
  readonly admin: boolean;
  readonly entityId: EntityId;
  readonly defaultEntity: string;
  /** The team of a service account. */
  readonly serviceOf: EntityId | null;
  readonly roles: readonly { readonly entityId: EntityId; readonly role: Role }[];
  /** Given to them alone and to teams of theirs: a registry may come several times. */
  readonly registryRoles: readonly { readonly projectId: ProjectId; readonly role: RegistryRole }[];
  /** The key itself, where one was shown. */
  readonly apiKey?: Pick<ApiKey, 'id' | 'hint'>;
}

/** Columns of a {@link KeyOwner}, of a user `owner` whose default entity is `home`. */
export const OWNER = `owner.id as "userId", owner.username, owner.email, owner.admin,
    coalesce(owner.entity_id, owner.service_of) as "entityId", owner.service_of as "serviceOf", home.name as "defaultEntity",
    (select coalesce(json_agg(json_build_object('entityId', member.entity_id::text, 'role', member.role)), '[]')
     from member where member.user_id = owner.id) as roles,
    (select coalesce(json_agg(json_build_object('projectId', given.project_id::text, 'role', given.role)), '[]')
     from (
       select project_id, role from project_member where user_id = owner.id
       union all
       select project_team.project_id, project_team.role
       from member join project_team on project_team.entity_id = member.entity_id where member.user_id = owner.id
     ) given) as "registryRoles"`;

/** Finds the owner of a key by the key's hash, in one statement: it stands before every request. */
export async function ownerOfKey(database: Queryable, hash: Uint8Array): Promise<KeyOwner | undefined> {
  const [row] = await database.query<KeyOwner>(
    `select ${OWNER}, json_build_object('id', api_key.id::text, 'hint', api_key.hint) as "apiKey"
     from api_key
     join app_user owner on owner.id = api_key.user_id and owner.deleted_at is null
     join entity home on home.id = owner.default_entity_id
     where api_key.hash = $1::bytea`,
    [hash],
  );
  return row;
}

/** Finds a living user as the owner of a key. */
export async function ownerById(database: Queryable, id: UserId): Promise<KeyOwner | undefined> {
  const [row] = await database.query<KeyOwner>(
    `select ${OWNER}
     from app_user owner
     join entity home on home.id = owner.default_entity_id
     where owner.id = $1::bigint and owner.deleted_at is null`,
    [id],
  );
  return row;
}
