import type { Instant } from '../model/clock.ts';
import type { EntityId, InviteId, UserId } from '../model/ids.ts';
import type { Role } from '../model/viewer.ts';
import type { Queryable, Transaction } from './database.ts';

/** A role that waits for a user with this email. */
export interface Invite {
  readonly id: InviteId;
  readonly entityId: EntityId;
  readonly email: string;
  readonly role: Role;
  readonly createdAt: Instant;
}

const COLUMNS = 'id, entity_id as "entityId", email, role, created_at as "createdAt"';

/** Lets nobody else invite or create a user with this email until the transaction ends. */
export async function lockEmail(tx: Transaction, email: string): Promise<void> {
  await tx.execute(`select pg_advisory_xact_lock(hashtextextended('email ' || lower($1::text), 0))`, [email]);
}

/** Keeps an invitation; `undefined` when the entity has one for this email. */
export async function insertInvite(
  tx: Transaction,
  invite: Omit<Invite, 'id' | 'createdAt'> & { readonly by: UserId; readonly now: Instant },
): Promise<Invite | undefined> {
  const [row] = await tx.query<Invite>(
    `insert into invite (entity_id, email, role, invited_by, created_at)
     values ($1::bigint, $2::text, $3::text, $4::bigint, to_timestamp($5::float8 / 1000))
     on conflict do nothing
     returning ${COLUMNS}`,
    [invite.entityId, invite.email, invite.role, invite.by, invite.now],
  );
  return row;
}

/** The invitations of an entity that wait, oldest first. */
export function invitesOf(database: Queryable, entityId: EntityId): Promise<Invite[]> {
  return database.query<Invite>(`select ${COLUMNS} from invite where entity_id = $1::bigint order by id`, [entityId]);
}

/** Takes an invitation back; `undefined` when the entity has no such one. */
export async function removeInvite(tx: Transaction, entityId: EntityId, id: InviteId): Promise<Invite | undefined> {
  const [row] = await tx.query<Invite>(
    `delete from invite where entity_id = $1::bigint and id = $2::bigint returning ${COLUMNS}`,
    [entityId, id],
  );
  return row;
}

/** Takes all invitations for an email, in the order of their entities. */
export async function takeInvitesFor(tx: Transaction, email: string): Promise<Invite[]> {
  return tx.query<Invite>(
    `with taken as (delete from invite where lower(email) = lower($1::text) returning ${COLUMNS})
     select * from taken order by "entityId"`,
    [email],
  );
}
