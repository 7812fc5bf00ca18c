import type { Instant } from '../model/clock.ts';
import type { EntityId, UserId } from '../model/ids.ts';
import type { EntityKind } from '../model/viewer.ts';
import type { Queryable, Transaction } from './database.ts';

export interface Entity {
  readonly id: EntityId;
  readonly kind: EntityKind;
  readonly name: string;
  /** The organization's entity, or its own id when it has none. */
  readonly rootId: EntityId;
  readonly createdAt: Instant;
  /** Setting of a team: members manage the automations of its projects. */
  readonly membersManageAutomations: boolean;
}

/** What a team's admins decide for it. */
export type TeamSettings = Pick<Entity, 'membersManageAutomations'>;

export const ENTITY_COLUMNS = `entity.id, entity.kind, entity.name, entity.root_id as "rootId",
  entity.created_at as "createdAt", entity.members_manage_automations as "membersManageAutomations"`;

/** Makes an entity that is its own root, with its rulebook; `undefined` when the name is taken. */
export async function insertRootEntity(
  tx: Transaction,
  entity: { kind: 'organization' | 'personal'; name: string; now: Instant },
): Promise<Entity | undefined> {
  const [row] = await tx.query<Entity>(
    `with fresh as (select nextval(pg_get_serial_sequence('entity', 'id')) as id)
     insert into entity (id, kind, name, root_id, created_at)
     overriding system value
     select id, $1::text, $2::text, id, to_timestamp($3::float8 / 1000) from fresh
     on conflict do nothing
     returning ${ENTITY_COLUMNS}`,
    [entity.kind, entity.name, entity.now],
  );
  if (row !== undefined) await tx.execute('insert into rulebook (root_id) values ($1::bigint)', [row.id]);
  return row;
}

/** Makes a team under an organization; `undefined` when the name is taken. */
export async function insertTeam(
  tx: Transaction,
  team: { name: string; rootId: EntityId; now: Instant },
): Promise<Entity | undefined> {
  const [row] = await tx.query<Entity>(
    `insert into entity (kind, name, root_id, created_at)
     values ('team', $1::text, $2::bigint, to_timestamp($3::float8 / 1000))
     on conflict do nothing
     returning ${ENTITY_COLUMNS}`,
    [team.name, team.rootId, team.now],
  );
  return row;
}

export async function entityByName(database: Queryable, name: string): Promise<Entity | undefined> {
  const [row] = await database.query<Entity>(
    `select ${ENTITY_COLUMNS} from entity where name = $1::text and deleted_at is null`,
    [name],
  );
  return row;
}

export async function entityById(database: Queryable, id: EntityId): Promise<Entity | undefined> {
  const [row] = await database.query<Entity>(
    `select ${ENTITY_COLUMNS} from entity where id = $1::bigint and deleted_at is null`,
    [id],
  );
  return row;
}

/**
 * Locks an entity against changes until the transaction ends; `undefined` when it does not live any more.
 * What is made under an entity locks it `shared`, what removes it `alone`: so nothing is made under a removed one.
 */
export async function lockEntity(tx: Transaction, id: EntityId, how: 'shared' | 'alone'): Promise<Entity | undefined> {
  const [row] = await tx.query<Entity>(
    `select ${ENTITY_COLUMNS} from entity where id = $1::bigint and deleted_at is null
     for ${how === 'shared' ? 'share' : 'no key update'}`,
    [id],
  );
  return row;
}

/** Locks an entity and the teams below it against changes until the transaction ends, in the order of their ids. */
export function lockTree(tx: Transaction, id: EntityId): Promise<Entity[]> {
  return tx.query<Entity>(
    `select ${ENTITY_COLUMNS} from entity
     where (id = $1::bigint or root_id = $1::bigint) and deleted_at is null order by id for no key update`,
    [id],
  );
}

/** The teams of an organization, by name. */
export function teamsOf(database: Queryable, rootId: EntityId): Promise<Entity[]> {
  return database.query<Entity>(
    `select ${ENTITY_COLUMNS} from entity
     where root_id = $1::bigint and kind = 'team' and deleted_at is null order by name`,
    [rootId],
  );
}

/** The teams and organizations that have automations. */
export function sharedEntitiesWithAutomations(database: Queryable): Promise<Entity[]> {
  return database.query<Entity>(
    `select ${ENTITY_COLUMNS} from entity
     where kind <> 'personal' and deleted_at is null
       and id in (select tenant_id from automation where deleted_at is null and alert_topic is null)
     order by id`,
  );
}

/** The entities where a user has a role, by name: the personal one, teams and organizations. */
export function entitiesOfUser(database: Queryable, userId: UserId): Promise<Entity[]> {
  return database.query<Entity>(
    `select ${ENTITY_COLUMNS} from entity
     where deleted_at is null and id in (select entity_id from member where user_id = $1::bigint)
     order by name`,
    [userId],
  );
}

/** Changes the settings of a team. */
export async function updateTeamSettings(tx: Transaction, id: EntityId, settings: TeamSettings): Promise<void> {
  await tx.execute('update entity set members_manage_automations = $2::boolean where id = $1::bigint', [
    id,
    settings.membersManageAutomations,
  ]);
}
