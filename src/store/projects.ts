import type { SeenProjects } from '../access/seen-projects.ts';
import type { Instant } from '../model/clock.ts';
import type { EntityId, ProjectId, TenantId, UserId } from '../model/ids.ts';
import { REGISTRY_PREFIX } from '../model/registry-name.ts';
import type { EntityKind, Place, Visibility } from '../model/viewer.ts';
import type { Queryable, Transaction } from './database.ts';
import { tellProject } from './tell-project.ts';

/** A project and where it stands: everything that authorisation and answers need. */
export interface ProjectPlace extends Place {
  readonly id: ProjectId;
  readonly tenantId: TenantId;
  readonly rootId: EntityId;
  readonly entityName: string;
  readonly entityKind: EntityKind;
  readonly name: string;
  readonly visibility: Visibility;
  /** Its own id when it is a registry. */
  readonly registryId: ProjectId | null;
  readonly membersManageAutomations: boolean;
  readonly description: string | null;
  readonly createdBy: UserId | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant | null;
}

/** Of a project and the `entity` that owns it (wandb protocol, 7.1). */
export const REGISTRY_ID = `case when entity.kind = 'organization' and starts_with(project.name, '${REGISTRY_PREFIX}')
    then project.id end`;

/** Of `project` and its `entity`. */
export const PROJECT_COLUMNS = `project.id, project.tenant_id as "tenantId", entity.root_id as "rootId",
  entity.name as "entityName", entity.kind as "entityKind", project.name, project.visibility,
  ${REGISTRY_ID} as "registryId", entity.members_manage_automations as "membersManageAutomations", project.description, project.created_by as "createdBy",
  project.created_at as "createdAt", project.updated_at as "updatedAt"`;

const SELECT = `select ${PROJECT_COLUMNS} from project join entity on entity.id = project.tenant_id`;

export const LIVING = 'project.deleted_at is null and entity.deleted_at is null';

export async function projectByName(
  database: Queryable,
  entityName: string,
  name: string,
): Promise<ProjectPlace | undefined> {
  const [row] = await database.query<ProjectPlace>(
    `${SELECT} where entity.name = $1::text and project.name = $2::text and ${LIVING}`,
    [entityName, name],
  );
  return row;
}

export async function projectById(database: Queryable, id: ProjectId): Promise<ProjectPlace | undefined> {
  const [row] = await database.query<ProjectPlace>(`${SELECT} where project.id = $1::bigint and ${LIVING}`, [id]);
  return row;
}

export interface ProjectPageQuery extends SeenProjects {
  /** The last project of the page before. */
  readonly after: ProjectId | null;
  readonly limit: number;
  /** Within the name, in any case; `null` for all. */
  readonly search: string | null;
}

/** Projects of an entity, newest first. */
export function listProjects(database: Queryable, page: ProjectPageQuery): Promise<ProjectPlace[]> {
  return database.query<ProjectPlace>(
    `${SELECT}
     where project.tenant_id = $1::bigint and ${LIVING}
       and (project.visibility = any($2::text[]) or project.id = any($5::bigint[]))
       and ($3::bigint is null or project.id < $3::bigint)
       and ($6::text is null or position(lower($6::text) in lower(project.name)) > 0)
     order by project.id desc limit $4::int`,
    [page.tenantId, page.visibilities, page.after, page.limit, page.registries, page.search],
  );
}

export interface NewProject {
  readonly tenantId: TenantId;
  readonly name: string;
  readonly visibility: Visibility;
  readonly description: string | null;
  readonly createdBy: UserId;
  readonly now: Instant;
}

/** Makes a project; `false` when the entity has one of that name. */
export async function insertProject(tx: Transaction, project: NewProject): Promise<boolean> {
  const inserted = await tx.execute(
    `insert into project (tenant_id, name, visibility, description, created_by, created_at)
     values ($1::bigint, $2::text, $3::text, $4::text, $5::bigint, to_timestamp($6::float8 / 1000))
     on conflict do nothing`,
    [project.tenantId, project.name, project.visibility, project.description, project.createdBy, project.now],
  );
  return inserted === 1;
}

export interface ProjectChange {
  readonly tenantId: TenantId;
  readonly id: ProjectId;
  readonly visibility: Visibility;
  readonly description: string | null;
  readonly now: Instant;
}

/** Locks a living project against its deletion until the transaction ends. @returns whether it lives */
export async function lockProject(
  tx: Transaction,
  { tenantId, id }: Pick<ProjectPlace, 'tenantId' | 'id'>,
): Promise<boolean> {
  const rows = await tx.query(
    `select id from project where tenant_id = $1::bigint and id = $2::bigint and deleted_at is null
     for no key update`,
    [tenantId, id],
  );
  return rows.length === 1;
}

/** Gives a project another name. @throws a unique violation when the entity has one of that name */
export async function updateProjectName(
  tx: Transaction,
  { tenantId, id, name, now }: Pick<ProjectPlace, 'tenantId' | 'id' | 'name'> & { readonly now: Instant },
): Promise<void> {
  await tx.execute(
    `update project set name = $3::text, updated_at = to_timestamp($4::float8 / 1000)
     where tenant_id = $1::bigint and id = $2::bigint and deleted_at is null`,
    [tenantId, id, name, now],
  );
}

export async function updateProject(tx: Transaction, change: ProjectChange): Promise<void> {
  tellProject(tx, change);
  await tx.execute(
    `update project
     set visibility = $3::text, description = $4::text, updated_at = to_timestamp($5::float8 / 1000)
     where tenant_id = $1::bigint and id = $2::bigint and deleted_at is null`,
    [change.tenantId, change.id, change.visibility, change.description, change.now],
  );
}
