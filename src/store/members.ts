import type { Instant } from '../model/clock.ts';
import type { EntityId, UserId } from '../model/ids.ts';
import type { Person, Role } from '../model/viewer.ts';
import type { Queryable, Transaction } from './database.ts';
import { removeFromRegistriesOf } from './project-members.ts';

export interface Member {
  readonly userId: UserId;
  readonly username: string;
  readonly email: string | null;
  readonly role: Role;
  /** The team of a service account; `null` for people. */
  readonly serviceOf: EntityId | null;
  /** What people call a service account. */
  readonly displayName: string | null;
  readonly createdAt: Instant;
}

interface Membership {
  readonly entityId: EntityId;
  readonly userId: UserId;
  readonly role: Role;
  readonly now: Instant;
}

/** Gives a user a role in an entity, instead of the one they had. */
export async function setMember(tx: Transaction, member: Membership): Promise<void> {
  await tx.execute(
    `insert into member (entity_id, user_id, role, created_at)
     values ($1::bigint, $2::bigint, $3::text, to_timestamp($4::float8 / 1000))
     on conflict (entity_id, user_id) do update set role = excluded.role`,
    [member.entityId, member.userId, member.role, member.now],
  );
}

/** Gives a user a role in an entity unless they have one. */
export async function addMemberIfMissing(tx: Transaction, member: Membership): Promise<void> {
  await tx.execute(
    `insert into member (entity_id, user_id, role, created_at)
     values ($1::bigint, $2::bigint, $3::text, to_timestamp($4::float8 / 1000))
     on conflict (entity_id, user_id) do nothing`,
    [member.entityId, member.userId, member.role, member.now],
  );
}

/** The role of a user in an entity; `undefined` when they have none. */
export async function roleOfMember(database: Queryable, entityId: EntityId, userId: UserId): Promise<Role | undefined> {
  const [row] = await database.query<{ role: Role }>(
    'select role from member where entity_id = $1::bigint and user_id = $2::bigint',
    [entityId, userId],
  );
  return row?.role;
}

/** The members of an entity in the order they came. */
export function membersOf(database: Queryable, entityId: EntityId): Promise<Member[]> {
  return database.query<Member>(
    `select member.user_id as "userId", username, email, role, service_of as "serviceOf",
       display_name as "displayName", member.created_at as "createdAt"
     from member join app_user on app_user.id = member.user_id
     where member.entity_id = $1::bigint and app_user.deleted_at is null
     order by member.created_at, member.user_id`,
    [entityId],
  );
}

/** The names of those entities of which a user is an admin and no other person is. */
export async function governedAloneBy(
  tx: Transaction,
  entityIds: readonly EntityId[],
  userId: UserId,
): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(
    `select entity.name from member join entity on entity.id = member.entity_id
     where member.entity_id = any($1::bigint[]) and member.user_id = $2::bigint and member.role = 'admin'
       and exists (select from app_user where id = $2::bigint and kind = 'person')
       and not exists (
         select from member other join app_user on app_user.id = other.user_id
         where other.entity_id = member.entity_id and other.user_id <> $2::bigint and other.role = 'admin'
           and app_user.kind = 'person' and app_user.deleted_at is null)
     order by entity.id`,
    [entityIds, userId],
  );
  return rows.map(({ name }) => name);
}

/** The person in a team who has a username or an email; an empty text is nobody's. */
export async function personIn(
  database: Queryable,
  entityId: EntityId,
  { username, email }: { readonly username: string; readonly email: string },
): Promise<Person | undefined> {
  const [row] = await database.query<Person>(
    `select app_user.id as "userId", username from app_user join member on member.user_id = app_user.id
     where member.entity_id = $1::bigint and kind = 'person' and deleted_at is null
       and (username = $2::text or lower(email) = lower($3::text))`,
    [entityId, username, email],
  );
  return row;
}

/** Ends a user's membership of an entity and of everything under it, registries among it; `false` when there was none. */
export async function removeMember(tx: Transaction, entityId: EntityId, userId: UserId): Promise<boolean> {
  const removed = await tx.execute(
    `delete from member where user_id = $2::bigint
       and entity_id in (select id from entity where id = $1::bigint or root_id = $1::bigint)`,
    [entityId, userId],
  );
  await removeFromRegistriesOf(tx, entityId, userId);
  return removed > 0;
}
