import type { EntityId, ProjectId, TenantId } from '../model/ids.ts';
import type { Visibility } from '../model/viewer.ts';
import type { Queryable } from './database.ts';
import type { ProjectPlace } from './projects.ts';

interface Page {
  /** The last project of the page before. */
  readonly after: ProjectId | null;
  readonly limit: number;
}

export interface ProjectsInQuery extends Page {
  /** Entities, and which of their projects. */
  readonly tenants: readonly { readonly tenantId: TenantId; readonly visibilities: readonly Visibility[] }[];
}

/** A project in a list of several entities' projects. */
export interface ProjectAmongMany extends ProjectPlace {
  /** It is the oldest of its entity in the whole list: the last of them to come. */
  readonly oldest: boolean;
}

const COLUMNS = `project.id, project.tenant_id as "tenantId", entity.root_id as "rootId", entity.name as "entityName",
  entity.kind as "entityKind", project.name, project.visibility, project.description,
  project.created_by as "createdBy", project.created_at as "createdAt"`;

const LIVING = 'project.deleted_at is null and entity.deleted_at is null';

/** Projects of several entities, newest first. */
export function listProjectsIn(database: Queryable, page: ProjectsInQuery): Promise<ProjectAmongMany[]> {
  const pairs = page.tenants.flatMap(({ tenantId, visibilities }) =>
    visibilities.map((visibility) => [tenantId, visibility] as const),
  );
  return database.query<ProjectAmongMany>(
    `select ${COLUMNS}, project.id = min(project.id) over (partition by project.tenant_id) as oldest
     from unnest($1::bigint[], $2::text[]) as seen (tenant_id, visibility)
     join project on project.tenant_id = seen.tenant_id and project.visibility = seen.visibility
     join entity on entity.id = project.tenant_id
     where ${LIVING} and ($3::bigint is null or project.id < $3::bigint)
     order by project.id desc limit $4::int`,
    [pairs.map(([tenantId]) => tenantId), pairs.map(([, visibility]) => visibility), page.after, page.limit],
  );
}

/**
 * All projects of every team and organization, and those of one personal entity, newest first. A page costs as much
 * as it holds, however many projects there are: it walks the primary key and looks for one older project per row.
 */
export function listProjectsOfAllTeams(
  database: Queryable,
  page: Page & { readonly personal: EntityId },
): Promise<ProjectAmongMany[]> {
  return database.query<ProjectAmongMany>(
    `select ${COLUMNS}, not exists (
       select from project older
       where older.tenant_id = project.tenant_id and older.id < project.id and older.deleted_at is null
     ) as oldest
     from project join entity on entity.id = project.tenant_id
     where ${LIVING} and (entity.kind <> 'personal' or entity.id = $1::bigint)
       and ($2::bigint is null or project.id < $2::bigint)
     order by project.id desc limit $3::int`,
    [page.personal, page.after, page.limit],
  );
}
