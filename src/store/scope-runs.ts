import type { CapturedRun } from '../events/run-subject.ts';
import { captureRun } from './capture-run.ts';
import type { Queryable } from './database.ts';
import type { PageUrls } from './page-urls.ts';
import { findRunHead, findRunHeads, type RunHead, type RunKey } from './run-heads.ts';
import { findRunSubject, findRunSubjects } from './run-subjects.ts';
import { IN_TERRITORY, type Territory, territoryParameters } from './territory.ts';

/** The newest runs of some territories, by when they were made. */
export function newestRuns(
  database: Queryable,
  territories: readonly Territory[],
  limit: number,
): Promise<readonly RunKey[]> {
  return newestOf(territories, limit, (territory) => newestRunsIn(database, territory, limit));
}

/** The newest of those that are running. */
export function runningRuns(
  database: Queryable,
  territories: readonly Territory[],
  limit: number,
): Promise<readonly RunKey[]> {
  return newestOf(territories, limit, (territory) =>
    database.query<RunKey>(
      `select h.tenant_id as "tenantId", h.run_id as "runId" from run_head h
         join project on project.tenant_id = h.tenant_id and project.id = h.project_id
         join run r on r.tenant_id = h.tenant_id and r.run_id = h.run_id and r.deleted_at is null
        where h.tenant_id = $1::bigint and h.state = 'running' and ($2::bigint is null or h.project_id = $2::bigint)
          and ${IN_TERRITORY}
        order by h.run_id desc limit $5::int`,
      [...territoryParameters(territory), limit],
    ),
  );
}

async function newestOf(
  territories: readonly Territory[],
  limit: number,
  find: (territory: Territory) => Promise<RunKey[]>,
): Promise<readonly RunKey[]> {
  const found = await Promise.all(territories.map(find));
  return found
    .flat()
    .toSorted((one, other) => (BigInt(one.runId) > BigInt(other.runId) ? -1 : 1))
    .slice(0, limit);
}

function newestRunsIn(database: Queryable, territory: Territory, limit: number): Promise<RunKey[]> {
  // a project has an index by age; a whole tenant is walked along its key
  const age = territory.projectId === null ? '' : 'r.created_at desc,';
  return database.query<RunKey>(
    `select r.tenant_id as "tenantId", r.run_id as "runId" from run r
       join project on project.tenant_id = r.tenant_id and project.id = r.project_id
      where r.tenant_id = $1::bigint and ($2::bigint is null or r.project_id = $2::bigint) and r.deleted_at is null
        and ${IN_TERRITORY}
      order by ${age} r.run_id desc limit $5::int`,
    [...territoryParameters(territory), limit],
  );
}

/** A run as filters see it now, with its head. */
export interface SeenRun {
  readonly head: RunHead;
  readonly run: CapturedRun;
}

/** `undefined` when it is gone. */
export async function seeRun(
  urls: Pick<PageUrls, 'runUrl'>,
  database: Queryable,
  key: RunKey,
): Promise<SeenRun | undefined> {
  const [head, subject] = await Promise.all([findRunHead(database, key), findRunSubject(database, key)]);
  return head && subject && { head, run: captureRun(urls, subject, head) };
}

/** The same of many runs, in the order of their keys; those that are gone are left out. */
export async function seeRuns(
  urls: Pick<PageUrls, 'runUrl'>,
  database: Queryable,
  keys: readonly RunKey[],
): Promise<SeenRun[]> {
  const [heads, subjects] = await Promise.all([findRunHeads(database, keys), findRunSubjects(database, keys)]);
  const headOf = new Map(heads.map((head) => [head.runId, head]));
  return keys.flatMap(({ runId }) => {
    const [head, subject] = [headOf.get(runId), subjects.get(runId)];
    return head && subject ? [{ head, run: captureRun(urls, subject, head) }] : [];
  });
}
