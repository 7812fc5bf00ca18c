import type { SeenProjects } from '../access/seen-projects.ts';
import type { CollectionId, EntityId, ProjectId, TenantId } from '../model/ids.ts';
import type { Queryable } from './database.ts';

/** The part of one tenant that lies under a scope and may be seen. */
export interface Territory extends SeenProjects {
  /** `null`: all projects that may be seen. */
  readonly projectId: ProjectId | null;
  /** `null`: all collections of those projects. */
  readonly collectionId: CollectionId | null;
}

/** Its first four parameters are those of {@link territoryParameters}; of a `project`. */
export const IN_TERRITORY = `project.tenant_id = $1::bigint and project.deleted_at is null
  and ($2::bigint is null or project.id = $2::bigint)
  and (project.visibility = any($3::text[]) or project.id = any($4::bigint[]))`;

export function territoryParameters({ tenantId, projectId, visibilities, registries }: Territory): unknown[] {
  return [tenantId, projectId, visibilities, registries];
}

/** An organization and its teams, or an entity that belongs to none. */
export async function tenantsUnder(database: Queryable, entityId: EntityId): Promise<readonly TenantId[]> {
  const rows = await database.query<{ id: TenantId }>(
    `select id from entity where (root_id = $1::bigint or id = $1::bigint) and deleted_at is null order by id`,
    [entityId],
  );
  return rows.map(({ id }) => id);
}
