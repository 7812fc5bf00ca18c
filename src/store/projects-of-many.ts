import type { SeenProjects } from '../access/seen-projects.ts';
import type { ProjectId } from '../model/ids.ts';
import type { Queryable } from './database.ts';
import { LIVING, PROJECT_COLUMNS, type ProjectPlace, REGISTRY_ID } from './projects.ts';

export interface ProjectsInQuery {
  /** Entities, and which of their projects. */
  readonly tenants: readonly SeenProjects[];
  /** The last project of the page before. */
  readonly after: ProjectId | null;
  readonly limit: number;
}

/** A project that leads to automations. */
export interface AutomatedProject extends ProjectPlace {
  /** It leads to those of its whole entity too: the oldest project of each that has some. */
  readonly withEntity: boolean;
}

const BY_ID = `select ${PROJECT_COLUMNS} from project join entity on entity.id = project.tenant_id
   where project.id = any($1::bigint[])`;

/** Those of some projects that live, in no order. */
export function projectsById(database: Queryable, ids: readonly ProjectId[]): Promise<ProjectPlace[]> {
  return database.query<ProjectPlace>(`${BY_ID} and ${LIVING}`, [ids]);
}

/** The same, those too that were deleted. */
export function projectsEver(database: Queryable, ids: readonly ProjectId[]): Promise<ProjectPlace[]> {
  return database.query<ProjectPlace>(BY_ID, [ids]);
}

/** Hashed by the database, unlike a join with the pairs, which it may nest: milliseconds instead of half a minute. */
const SEEN = `((project.tenant_id || project.visibility) = any($2::text[]) or project.id = any($3::bigint[]))`;

/** Projects of several entities, newest first. */
export function listProjectsIn(database: Queryable, page: ProjectsInQuery): Promise<ProjectPlace[]> {
  return database.query<ProjectPlace>(
    `select ${PROJECT_COLUMNS} from project join entity on entity.id = project.tenant_id
     where project.tenant_id = any($1::bigint[]) and ${LIVING} and ${SEEN}
       and ($4::bigint is null or project.id < $4::bigint)
     order by project.id desc limit $5::int`,
    parametersOf(page),
  );
}

/** Those of the projects of several entities that lead to automations, newest first. */
export function listAutomatedProjects(database: Queryable, page: ProjectsInQuery): Promise<AutomatedProject[]> {
  return database.query<AutomatedProject>(
    `with scope as (
       select distinct tenant_id, scope_kind, scope_id from automation
       where tenant_id = any($1::bigint[]) and deleted_at is null and alert_topic is null
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
     where ${LIVING} and ${SEEN} and ($4::bigint is null or project.id < $4::bigint)
     group by project.id, entity.id
     order by project.id desc limit $5::int`,
    parametersOf(page),
  );
}

function parametersOf({ tenants, after, limit }: ProjectsInQuery): readonly unknown[] {
  return [
    tenants.map(({ tenantId }) => tenantId),
    tenants.flatMap(({ tenantId, visibilities }) => visibilities.map((visibility) => tenantId + visibility)),
    [...new Set(tenants.flatMap(({ registries }) => registries))],
    after,
    limit,
  ];
}

export interface RegistriesQuery extends SeenProjects {
  /** The last name of the page before. */
  readonly after: string | null;
  readonly limit: number;
}

/** The registries among the projects of an organization, by name. */
export function registriesOf(database: Queryable, page: RegistriesQuery): Promise<ProjectPlace[]> {
  return database.query<ProjectPlace>(
    `select ${PROJECT_COLUMNS} from project join entity on entity.id = project.tenant_id
     where project.tenant_id = $1::bigint and ${LIVING} and ${REGISTRY_ID} is not null
       and (project.visibility = any($2::text[]) or project.id = any($3::bigint[]))
       and ($4::text is null or project.name collate "C" > $4::text)
     order by project.name collate "C" limit $5::int`,
    [page.tenantId, page.visibilities, page.registries, page.after, page.limit],
  );
}
