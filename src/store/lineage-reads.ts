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
  return database.query<RunBeside>(
    `select wanted.tenant_id as "artifactTenantId", wanted.artifact_id as "artifactId", found.*
     from unnest($1::bigint[], $2::bigint[]) as wanted (tenant_id, artifact_id)
     cross join lateral (
       select r.tenant_id as "tenantId", r.run_id as "runId", r.project_id as "projectId", lineage.used_as as "usedAs"
       from lineage join run r on r.tenant_id = lineage.tenant_id and r.run_id = lineage.run_id
       where lineage.artifact_tenant_id = wanted.tenant_id and lineage.artifact_id = wanted.artifact_id
         and lineage.direction = $3::text and r.deleted_at is null
       order by r.run_id desc, r.tenant_id limit $4::int) found`,
    [artifacts.map(({ tenantId }) => tenantId), artifacts.map(({ artifactId }) => artifactId), direction, limit],
  );
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
  return database.query<VersionBeside>(
    `select wanted.tenant_id as "runTenantId", wanted.run_id as "runId", found.*
     from unnest($1::bigint[], $2::bigint[]) as wanted (tenant_id, run_id)
     cross join lateral (
       select a.tenant_id as "tenantId", a.artifact_id as "artifactId", a.project_id as "projectId",
         lineage.used_as as "usedAs"
       from lineage join artifact a on a.tenant_id = lineage.artifact_tenant_id and a.artifact_id = lineage.artifact_id
       where lineage.tenant_id = wanted.tenant_id and lineage.run_id = wanted.run_id
         and lineage.direction = $3::text and a.state = 'committed'
       order by a.artifact_id desc, a.tenant_id limit $4::int) found`,
    [runs.map(({ tenantId }) => tenantId), runs.map(({ runId }) => runId), direction, limit],
  );
}
