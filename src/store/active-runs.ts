import type { Instant } from '../model/clock.ts';
import type { RunId } from '../model/ids.ts';
import type { Queryable } from './database.ts';
import type { RunKey } from './run-heads.ts';
import { IN_TERRITORY, type Territory, territoryParameters } from './territory.ts';

/** From an instant on and before another. */
export interface TimeRange {
  readonly from: Instant;
  readonly to: Instant;
}

/** The runs of a territory that can have said something in a range of time, newest first. */
export function runsActiveIn(
  database: Queryable,
  territory: Territory,
  { from, to }: TimeRange,
  page: { readonly before: RunId | null; readonly limit: number },
): Promise<RunKey[]> {
  return database.query<RunKey>(
    `select r.tenant_id as "tenantId", r.run_id as "runId" from run r
       join run_head h on h.tenant_id = r.tenant_id and h.run_id = r.run_id
       join project on project.tenant_id = r.tenant_id and project.id = r.project_id
      where r.tenant_id = $1::bigint and ($2::bigint is null or r.project_id = $2::bigint) and r.deleted_at is null
        and ${IN_TERRITORY}
        and r.created_at < $6::timestamptz and coalesce(h.heartbeat_at, r.updated_at) >= $5::timestamptz
        and ($7::bigint is null or r.run_id < $7::bigint)
      order by r.run_id desc limit $8::int`,
    [...territoryParameters(territory), new Date(from), new Date(to), page.before, page.limit],
  );
}
