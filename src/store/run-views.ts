import type { ProjectId, TenantId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { Queryable } from './database.ts';
import { keyColumns, type RunHead, type RunKey } from './run-heads.ts';
import type { RunRecord } from './runs.ts';

/** A run as lists and answers show it: everything that is small. Config, summary and metrics are read when asked for. */
export type RunView = Omit<RunRecord, 'repo' | 'program' | 'configRaw' | 'config' | 'updatedAt'> &
  Omit<RunHead, 'metaVersion' | 'transitionNo' | 'lastStep' | 'exitCode' | 'resumeAskedAt' | 'failedAt'>;

/** The columns of a {@link RunView}, of `run` as r and `run_head` as h. */
export const RUN_VIEW = `r.tenant_id as "tenantId", r.run_id as "runId", r.project_id as "projectId", r.name,
  r.display_name as "displayName", r.user_id as "userId", r.group_name as "group", r.job_type as "jobType", r.sweep,
  r.notes, r.description, r.tags, r.commit_hash as "commit", r.host, r.created_at as "createdAt",
  h.state, h.epoch, h.history_lines::float8 as "historyLines", h.events_lines::float8 as "eventsLines",
  h.history_offset::float8 as "historyOffset", h.events_offset::float8 as "eventsOffset",
  h.console_lines::float8 as "consoleLines", h.heartbeat_at as "heartbeatAt", h.stop_requested as "stopRequested"`;

/** Living runs with their heads. */
export const LIVING_RUNS = 'run r join run_head h on h.tenant_id = r.tenant_id and h.run_id = r.run_id';

/** Finds a living run by its id on the wire. */
export async function runViewByName(
  database: Queryable,
  where: { readonly tenantId: TenantId; readonly projectId: ProjectId; readonly name: string },
): Promise<RunView | undefined> {
  const [run] = await database.query<RunView>(
    `select ${RUN_VIEW} from ${LIVING_RUNS}
     where r.tenant_id = $1::bigint and r.project_id = $2::bigint and r.name = $3::text and r.deleted_at is null`,
    [where.tenantId, where.projectId, where.name],
  );
  return run;
}

/** Finds living runs of a project by their ids on the wire, in no order. */
export function runViewsByName(
  database: Queryable,
  where: { readonly tenantId: TenantId; readonly projectId: ProjectId; readonly names: readonly string[] },
): Promise<RunView[]> {
  return database.query<RunView>(
    `select ${RUN_VIEW} from ${LIVING_RUNS}
     where r.tenant_id = $1::bigint and r.project_id = $2::bigint and r.name = any($3::text[]) and r.deleted_at is null`,
    [where.tenantId, where.projectId, where.names],
  );
}

/** Finds a living run by its key. */
export async function runViewByKey(database: Queryable, key: RunKey): Promise<RunView | undefined> {
  const [run] = await database.query<RunView>(
    `select ${RUN_VIEW} from ${LIVING_RUNS}
     where r.tenant_id = $1::bigint and r.run_id = $2::bigint and r.deleted_at is null`,
    [key.tenantId, key.runId],
  );
  return run;
}

/** The project of a run, deleted or not; `undefined` for a run that never was. */
export async function projectOfRun(database: Queryable, key: RunKey): Promise<ProjectId | undefined> {
  const [run] = await database.query<{ projectId: ProjectId }>(
    'select project_id as "projectId" from run where tenant_id = $1::bigint and run_id = $2::bigint',
    [key.tenantId, key.runId],
  );
  return run?.projectId;
}

/** A large text of a run: its config or its summary as the client sent it. */
export interface RunText {
  readonly runId: RunKey['runId'];
  readonly text: string;
}

/** The configs of some runs, as the client sent them. */
export function configTexts(database: Queryable, keys: readonly RunKey[]): Promise<RunText[]> {
  return database.query<RunText>(
    `select run_id as "runId", config_raw as text from run
     where tenant_id = any($1::bigint[]) and (tenant_id, run_id) in (select * from unnest($1::bigint[], $2::bigint[]))`,
    keyColumns(keys),
  );
}

/** What the clients of some runs wrote of their metrics (`define_metric`); a run that defines none is missing. */
export async function metricDefinitions(
  database: Queryable,
  keys: readonly RunKey[],
): Promise<ReadonlyMap<RunKey['runId'], Json>> {
  const rows = await database.query<{ runId: RunKey['runId']; definitions: Json | null }>(
    `select run_id as "runId", config #> '{_wandb,value,m}' as definitions from run
     where tenant_id = any($1::bigint[]) and (tenant_id, run_id) in (select * from unnest($1::bigint[], $2::bigint[]))`,
    keyColumns(keys),
  );
  return new Map(rows.flatMap(({ runId, definitions }) => (definitions === null ? [] : [[runId, definitions]])));
}

/** The summaries of some runs, as the client sent them; a run that has none is missing. */
export function summaryTexts(database: Queryable, keys: readonly RunKey[]): Promise<RunText[]> {
  return database.query<RunText>(
    `select run_id as "runId", raw as text from run_summary
     where tenant_id = any($1::bigint[]) and (tenant_id, run_id) in (select * from unnest($1::bigint[], $2::bigint[]))`,
    keyColumns(keys),
  );
}

/** How many files each run holds; a run without any is missing. */
export function fileCounts(
  database: Queryable,
  keys: readonly RunKey[],
): Promise<{ runId: RunKey['runId']; count: number }[]> {
  return database.query(
    `select run_id as "runId", count(*)::float8 as count from run_file
     where tenant_id = any($1::bigint[]) and (tenant_id, run_id) in (select * from unnest($1::bigint[], $2::bigint[]))
     group by run_id`,
    keyColumns(keys),
  );
}
