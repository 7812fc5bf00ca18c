import { ARTIFACT_COLUMNS, ARTIFACTS, type Artifact, type ArtifactKey } from './artifacts.ts';
import type { Queryable } from './database.ts';
import type { RunKey } from './run-heads.ts';
import { LIVING_RUNS, RUN_VIEW, type RunView } from './run-views.ts';

export type Direction = 'output' | 'input';

export interface LineagePage extends RunKey {
  readonly direction: Direction;
  /** The last artifact of the page before. */
  readonly after: ArtifactKey | undefined;
  readonly limit: number;
}

const OF_RUN = `lineage join (${ARTIFACTS}) on artifact.tenant_id = lineage.artifact_tenant_id
    and artifact.artifact_id = lineage.artifact_id
  where lineage.tenant_id = $1::bigint and lineage.run_id = $2::bigint and lineage.direction = $3::text
    and artifact.state = 'committed'`;

/** The versions that a run made or used, newest first. */
export function artifactsOfRun(database: Queryable, page: LineagePage): Promise<Artifact[]> {
  return database.query<Artifact>(
    `select ${ARTIFACT_COLUMNS} from ${OF_RUN}
        and ($4::bigint is null or (artifact.artifact_id, artifact.tenant_id) < ($4::bigint, $5::bigint))
      order by artifact.artifact_id desc, artifact.tenant_id desc limit $6::int`,
    [
      page.tenantId,
      page.runId,
      page.direction,
      page.after?.artifactId ?? null,
      page.after?.tenantId ?? null,
      page.limit,
    ],
  );
}

/** How many versions a run made or used. */
export async function countArtifactsOfRun(database: Queryable, key: RunKey, direction: Direction): Promise<number> {
  const [row] = await database.query<{ count: number }>(`select count(*)::float8 as count from ${OF_RUN}`, [
    key.tenantId,
    key.runId,
    direction,
  ]);
  return row?.count ?? 0;
}

/** The living runs that used a version, oldest first. */
export function usersOfArtifact(
  database: Queryable,
  artifact: ArtifactKey,
  page: { readonly after: string | null; readonly limit: number },
): Promise<RunView[]> {
  return database.query<RunView>(
    `select ${RUN_VIEW} from lineage join (${LIVING_RUNS}) on r.tenant_id = lineage.tenant_id and r.run_id = lineage.run_id
      where lineage.artifact_tenant_id = $1::bigint and lineage.artifact_id = $2::bigint
        and lineage.direction = 'input' and r.deleted_at is null and ($3::bigint is null or r.run_id > $3::bigint)
      order by r.run_id limit $4::int`,
    [artifact.tenantId, artifact.artifactId, page.after, page.limit],
  );
}

/** Living runs by key, in no order. */
export function runViewsByKey(database: Queryable, keys: readonly RunKey[]): Promise<RunView[]> {
  return database.query<RunView>(
    `select ${RUN_VIEW} from ${LIVING_RUNS}
      where r.tenant_id = any($1::bigint[]) and r.deleted_at is null
        and (r.tenant_id, r.run_id) in (select * from unnest($1::bigint[], $2::bigint[]))`,
    [keys.map(({ tenantId }) => tenantId), keys.map(({ runId }) => runId)],
  );
}

/** How the runs beside versions are found, or the versions beside runs. */
interface BesideSql {
  /** Tenant and id of what is asked for, in `lineage`, and how they are called in the answer. */
  readonly asked: readonly [tenant: string, id: string, tenantAs: string, idAs: string];
  /** What is found, joined to `lineage` as `n`. */
  readonly columns: string;
  readonly join: string;
  readonly isThere: string;
  readonly newestFirst: string;
}

/** What lineage leads to from each of some keys: the newest, at most so many of each. */
function besideSql({ asked: [tenant, id, tenantAs, idAs], columns, join, isThere, newestFirst }: BesideSql): string {
  return `select wanted.tenant_id as "${tenantAs}", wanted.id as "${idAs}", found.*
     from unnest($1::bigint[], $2::bigint[]) as wanted (tenant_id, id)
     cross join lateral (
       select ${columns}, n.project_id as "projectId", lineage.used_as as "usedAs"
       from lineage join ${join}
       where lineage.${tenant} = wanted.tenant_id and lineage.${id} = wanted.id
         and lineage.direction = $3::text and ${isThere}
       order by ${newestFirst} limit $4::int) found`;
}

const RUNS_BESIDE = besideSql({
  asked: ['artifact_tenant_id', 'artifact_id', 'artifactTenantId', 'artifactId'],
  columns: 'n.tenant_id as "tenantId", n.run_id as "runId"',
  join: 'run n on n.tenant_id = lineage.tenant_id and n.run_id = lineage.run_id',
  isThere: 'n.deleted_at is null',
  newestFirst: 'n.run_id desc, n.tenant_id',
});

const VERSIONS_BESIDE = besideSql({
  asked: ['tenant_id', 'run_id', 'runTenantId', 'runId'],
  columns: 'n.tenant_id as "tenantId", n.artifact_id as "artifactId"',
  join: 'artifact n on n.tenant_id = lineage.artifact_tenant_id and n.artifact_id = lineage.artifact_id',
  isThere: "n.state = 'committed'",
  newestFirst: 'n.artifact_id desc, n.tenant_id',
});

/** A run beside a version that it made or used. */
export interface RunBeside extends RunKey {
  readonly artifactTenantId: ArtifactKey['tenantId'];
  readonly artifactId: ArtifactKey['artifactId'];
  readonly projectId: RunView['projectId'];
  /** The name under which the script used it. */
  readonly usedAs: string | null;
}

/** The living runs that made (`output`) or used (`input`) each of some versions: the newest, at most so many of each. */
export function runsBeside(
  database: Queryable,
  artifacts: readonly ArtifactKey[],
  direction: Direction,
  limit: number,
): Promise<RunBeside[]> {
  const ids = artifacts.map(({ artifactId }) => artifactId);
  return database.query<RunBeside>(RUNS_BESIDE, [tenantsOf(artifacts), ids, direction, limit]);
}

/** A version beside a run that made or used it. */
export interface VersionBeside extends ArtifactKey {
  readonly runTenantId: RunKey['tenantId'];
  readonly runId: RunKey['runId'];
  readonly projectId: Artifact['projectId'];
  readonly usedAs: string | null;
}

/** The committed versions that each of some runs made (`output`) or used (`input`): the newest, at most so many of each. */
export function versionsBeside(
  database: Queryable,
  runs: readonly RunKey[],
  direction: Direction,
  limit: number,
): Promise<VersionBeside[]> {
  const ids = runs.map(({ runId }) => runId);
  return database.query<VersionBeside>(VERSIONS_BESIDE, [tenantsOf(runs), ids, direction, limit]);
}

function tenantsOf(keys: readonly Pick<RunKey, 'tenantId'>[]): RunKey['tenantId'][] {
  return keys.map(({ tenantId }) => tenantId);
}
