import type { SeenProjects } from '../access/seen-projects.ts';
import type { Queryable } from './database.ts';
import { restOf } from './execution-filter.ts';
import { Parameters } from './list-columns.ts';

/** Executions of one subject are counted up to here. */
export const MOST_ABOUT = 100;

/** How many executions are about each of some subjects, as far as somebody sees them; those without are left out. */
export async function countExecutionsAbout(
  database: Queryable,
  seen: readonly SeenProjects[],
  subjectIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (seen.length === 0 || subjectIds.length === 0) return new Map();
  const parameters = new Parameters();
  const tenants = parameters.add(
    seen.map(({ tenantId }) => tenantId),
    'bigint[]',
  );
  const filter = { seen, wanted: new Map(), integrationId: null, reason: null, from: null, to: null };
  const rows = await database.queryOnce<{ subjectId: string; count: number }>(
    ...parameters.finish(
      `select wanted.id as "subjectId", count(*)::int as count
       from unnest(${parameters.add(subjectIds, 'bigint[]')}) as wanted(id) cross join lateral (
         select from execution found left join project on project.id = found.project_id
          where found.tenant_id = any(${tenants}) and found.subject_id = wanted.id
            and ${restOf(filter, undefined, parameters) ?? 'true'}
          limit ${MOST_ABOUT}) counted
       group by wanted.id`,
    ),
  );
  return new Map(rows.map(({ subjectId, count }) => [subjectId, count]));
}
