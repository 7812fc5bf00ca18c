import type { SeenProjects } from '../access/seen-projects.ts';
import type { TenantId } from '../model/ids.ts';
import type { Queryable } from './database.ts';
import type { StoredSpace } from './stored-space.ts';

/** What a project stores: files of its runs, files and manifests of its versions. */
export interface ProjectSpace {
  readonly project: string;
  readonly runs: StoredSpace;
  readonly artifacts: StoredSpace;
}

/** What the versions of a collection store. */
export interface CollectionSpace extends StoredSpace {
  readonly project: string;
  readonly collection: string;
  readonly type: string;
  readonly versions: number;
}

/** What of an entity is counted for each holder, with what is not added up yet, and where that lies. */
const PARTS = `part as (
    select kind, holder_id, sum(bytes)::float8 as bytes, sum(files)::float8 as files from (
      select kind, holder_id, bytes, files from stored_part where tenant_id = $1::bigint
      union all select kind, holder_id, bytes, files from stored_change where tenant_id = $1::bigint) counted
     group by kind, holder_id having sum(files) > 0
  ), held as (
    select part.*, collection.name, collection.type_name, collection.version_count, project.name as project,
      project.visibility, coalesce(collection.deleted_at, project.deleted_at) is not null as is_deleted
     from part
     left join collection on part.kind = 'collection' and collection.tenant_id = $1::bigint
      and collection.collection_id = part.holder_id
     left join project on project.id = case part.kind when 'run' then part.holder_id else collection.project_id end
  )`;
const SEEN = 'not is_deleted and visibility = any($2::text[])';

/** The projects of an entity that store most, of those that somebody sees. */
export async function largestProjects(
  database: Queryable,
  { tenantId, visibilities }: SeenProjects,
  limit: number,
): Promise<ProjectSpace[]> {
  const sum = (column: string, kind: string) => `coalesce(sum(${column}) filter (where kind = '${kind}'), 0)`;
  const space = (kind: string) => `jsonb_build_object('bytes', ${sum('bytes', kind)}, 'files', ${sum('files', kind)})`;
  return database.query<ProjectSpace>(
    `with ${PARTS} select project, ${space('run')} as runs, ${space('collection')} as artifacts from held
      where ${SEEN} group by project order by sum(bytes) desc, project limit $3::int`,
    [tenantId, visibilities, limit],
  );
}

/** The collections of an entity that store most, of those that somebody sees. */
export async function largestCollections(
  database: Queryable,
  { tenantId, visibilities }: SeenProjects,
  limit: number,
): Promise<CollectionSpace[]> {
  return database.query<CollectionSpace>(
    `with ${PARTS} select project, name as collection, type_name as type, version_count as versions, bytes, files
       from held where kind = 'collection' and ${SEEN} order by bytes desc, holder_id limit $3::int`,
    [tenantId, visibilities, limit],
  );
}

/** What an entity stores of projects and collections that were deleted: it goes in the background. */
export async function deletedSpace(database: Queryable, tenantId: TenantId): Promise<StoredSpace> {
  const [row] = await database.query<StoredSpace>(
    `with ${PARTS} select coalesce(sum(bytes), 0)::float8 as bytes, coalesce(sum(files), 0)::float8 as files
       from held where is_deleted`,
    [tenantId],
  );
  return row ?? { bytes: 0, files: 0 };
}
