import type { ProjectId, TenantId } from '../model/ids.ts';
import type { JsonObject } from '../model/json.ts';
import type { Queryable } from './database.ts';

/** Config and summary of a run, as `jsonb` holds them. */
export interface RunTrees {
  readonly config: JsonObject;
  readonly summary: JsonObject;
}

/** Those of the newest runs of a project. */
export function newestTrees(
  database: Queryable,
  { tenantId, projectId, limit }: { tenantId: TenantId; projectId: ProjectId; limit: number },
): Promise<RunTrees[]> {
  return database.query<RunTrees>(
    `select r.config, coalesce(s.summary, '{}'::jsonb) as summary
     from run r left join run_summary s on s.tenant_id = r.tenant_id and s.run_id = r.run_id
     where r.tenant_id = $1::bigint and r.project_id = $2::bigint and r.deleted_at is null
     order by r.created_at desc, r.run_id desc limit $3::int`,
    [tenantId, projectId, limit],
  );
}
