import type { ProjectId, TenantId } from '../model/ids.ts';
import type { Visibility } from '../model/viewer.ts';
import type { Queryable } from './database.ts';
import { LIVING, PROJECT_COLUMNS, type ProjectPlace } from './projects.ts';

export interface ProjectsInQuery {
  /** Entities, and which of their projects. */
  readonly tenants: readonly SeenIn[];
  /** The last project of the page before. */
  readonly after: ProjectId | null;
  readonly limit: number;
}

/** Which projects of an entity somebody may see. */
export interface SeenIn {
  readonly tenantId: TenantId;
  readonly visibilities: readonly Visibility[];
}

/** A project that leads to automations. */
export interface AutomatedProject extends ProjectPlace {
  /** It leads to those of its whole entity too: the oldest project of each that has some. */
  readonly withEntity: boolean;
}

/** Projects of several entities, newest first. */
export function listProjectsIn(database: Queryable, page: ProjectsInQuery): Promise<ProjectPlace[]> {
  const pairs = page.tenants.flatMap(({ tenantId, visibilities }) =>
    visibilities.map((visibility) => [tenantId, visibility] as const),
  );
  return database.query<ProjectPlace>(
    `select ${PROJECT_COLUMNS}
     from unnest($1::bigint[], $2::text[]) as seen (tenant_id, visibility)
     join project on project.tenant_id = seen.tenant_id and project.visibility = seen.visibility
     join entity on entity.id = project.tenant_id
     where ${LIVING} and ($3::bigint is null or project.id < $3::bigint)
     order by project.id desc limit $4::int`,
    [pairs.map(([tenantId]) => tenantId), pairs.map(([, visibility]) => visibility), page.after, page.limit],
  );
}

/** Hashed by the database, unlike a join with the pairs, which it may nest: milliseconds instead of half a minute. */
const SEEN = '(project.tenant_id || project.visibility) = any($2::text[])';

/** Those of the projects of several entities that lead to automations, newest first. */
export function listAutomatedProjects(database: Queryable, page: ProjectsInQuery): Promise<AutomatedProject[]> {
  return database.query<AutomatedProject>(
    `with scope as (
       select distinct tenant_id, scope_kind, scope_id from automation
       where tenant_id = any($1::bigint[]) and deleted_at is null
     ),
     way (project_id, from_entity) as (
       select scope_id, false from scope where scope_kind = 'project'
       union all
       select collection.project_id, false from scope
         join collection on collection.tenant_id = scope.tenant_id and collection.collection_id = scope.scope_id
       where scope_kind = 'collection'
       union all
       select min(project.id), true from scope join project using (tenant_id)
       where scope_kind = 'entity' and project.deleted_at is null and ${SEEN} group by tenant_id
     )
     select ${PROJECT_COLUMNS}, bool_or(way.from_entity) as "withEntity"
     from way join project on project.id = way.project_id join entity on entity.id = project.tenant_id
     where ${LIVING} and ${SEEN} and ($3::bigint is null or project.id < $3::bigint)
     group by project.id, entity.id
     order by project.id desc limit $4::int`,
    [
      page.tenants.map(({ tenantId }) => tenantId),
      page.tenants.flatMap(({ tenantId, visibilities }) => visibilities.map((visibility) => tenantId + visibility)),
      page.after,
      page.limit,
    ],
  );
}
