import type { Instant } from '../model/clock.ts';
import type { EntityId, UserId } from '../model/ids.ts';
import type { Role } from '../model/viewer.ts';
import type { Queryable, Transaction } from './database.ts';
import { removeFromRegistriesOf } from './project-members.ts';

export interface Member {
  readonly userId: UserId;
  readonly username: string;
  readonly email: string | null;
  readonly role: Role;
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
    `select member.user_id as "userId", username, email, role, member.created_at as "createdAt"
     from member join app_user on app_user.id = member.user_id
     where member.entity_id = $1::bigint and app_user.deleted_at is null
     order by member.created_at, member.user_id`,
    [entityId],
  );
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
