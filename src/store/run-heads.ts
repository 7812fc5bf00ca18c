import type { RunPart } from '../model/change.ts';
import type { Instant } from '../model/clock.ts';
import type { ProjectId, RunId, TenantId } from '../model/ids.ts';
import type { RunState } from '../model/run-state.ts';
import type { Queryable, Transaction } from './database.ts';

/** The key of a run; the tenant comes first in every statement (data model, section 1). */
export interface RunKey {
  readonly tenantId: TenantId;
  readonly runId: RunId;
}

/** A run's key as one text, for maps. */
export function runKeyText({ tenantId, runId }: RunKey): string {
  return `${tenantId}/${runId}`;
}

/** Counters and clocks of one run: what changes with every chunk, and the run's one lock. */
export interface RunHead extends RunKey {
  readonly projectId: ProjectId;
  readonly state: RunState;
  /** Grows when the run is rewound. */
  readonly epoch: number;
  /** Grows when name, tags, config … change. */
  readonly metaVersion: number;
  /** Grows with every change of state: what stops a repeated cause. */
  readonly transitionNo: number;
  /** Lines stored, in our own dense numbering. */
  readonly historyLines: number;
  readonly eventsLines: number;
  /** Of the history lines, the first so many are those of the run that this one was forked from. */
  readonly forkedLines: number;
  /** What the default writer has sent, in its own counting. */
  readonly historyOffset: number;
  readonly eventsOffset: number;
  readonly consoleLines: number;
  readonly lastStep: number | null;
  readonly heartbeatAt: Instant | null;
  readonly exitCode: number | null;
  readonly stopRequested: boolean;
  /** When a client last asked whether it may resume this run. */
  readonly resumeAskedAt: Instant | null;
  /** When FAILED was last reported; cleared by a start. */
  readonly failedAt: Instant | null;
}

const COLUMNS = `tenant_id as "tenantId", run_id as "runId", project_id as "projectId", state, epoch,
  meta_version as "metaVersion", transition_no as "transitionNo",
  history_lines::float8 as "historyLines", events_lines::float8 as "eventsLines", forked_lines::float8 as "forkedLines",
  history_offset::float8 as "historyOffset", events_offset::float8 as "eventsOffset",
  console_lines::float8 as "consoleLines", last_step::float8 as "lastStep",
  heartbeat_at as "heartbeatAt", exit_code as "exitCode", stop_requested as "stopRequested",
  resume_asked_at as "resumeAskedAt", failed_at as "failedAt"`;

/**
 * Locks runs in key order and returns their heads; deleted runs are missing. What depends on a head must be
 * read in a later statement: a join in this one would see values from before the lock (data model, section 0).
 */
export function lockRunHeads(tx: Transaction, keys: readonly RunKey[]): Promise<RunHead[]> {
  return tx.query<RunHead>(`${HEADS_IN_ORDER} for no key update`, keyColumns(keys));
}

/** As {@link lockRunHeads}, without waiting: runs that another transaction holds are missing too. */
export function lockFreeRunHeads(tx: Transaction, keys: readonly RunKey[]): Promise<RunHead[]> {
  return tx.query<RunHead>(`${HEADS_IN_ORDER} for no key update skip locked`, keyColumns(keys));
}

const HEADS_IN_ORDER = `select ${COLUMNS} from run_head
  where tenant_id = any($1::bigint[])
    and (tenant_id, run_id) in (select * from unnest($1::bigint[], $2::bigint[]))
  order by tenant_id, run_id`;

/** Makes later statements of this transaction give up, to be repeated, when they wait for a lock for longer. */
export async function limitLockWaits(tx: Transaction, milliseconds: number): Promise<void> {
  await tx.query(`select set_config('lock_timeout', $1::text, true)`, [String(milliseconds)]);
}

/**
 * Moves the heartbeats of runs that are running, without waiting for any; those that another transaction holds are
 * missing from the answer, like those that are in any other state.
 */
export function beatRunHeads(
  db: Queryable,
  keys: readonly RunKey[],
  now: Instant,
): Promise<(RunKey & { readonly stop: boolean })[]> {
  return db.query(
    `with beating as (
       select tenant_id, run_id from run_head
        where tenant_id = any($1::bigint[])
          and (tenant_id, run_id) in (select * from unnest($1::bigint[], $2::bigint[]))
          and state = 'running'
        order by tenant_id, run_id
          for no key update skip locked)
     update run_head h set heartbeat_at = $3::timestamptz from beating b
      where h.tenant_id = any($1::bigint[]) and h.tenant_id = b.tenant_id and h.run_id = b.run_id
     returning h.tenant_id as "tenantId", h.run_id as "runId", h.stop_requested as stop`,
    [...keyColumns(keys), new Date(now)],
  );
}

/** The parameters `unnest($1::bigint[], $2::bigint[])` that name runs. */
export function keyColumns(keys: readonly RunKey[]): [tenants: string[], runs: string[]] {
  return [keys.map((key) => key.tenantId), keys.map((key) => key.runId)];
}

/** Locks one run. */
export async function lockRunHead(tx: Transaction, key: RunKey): Promise<RunHead | undefined> {
  const [head] = await lockRunHeads(tx, [key]);
  return head;
}

/** Reads one run's head without a lock. */
export async function findRunHead(db: Queryable, key: RunKey): Promise<RunHead | undefined> {
  const [head] = await db.query<RunHead>(`select ${COLUMNS} from run_head where tenant_id = $1 and run_id = $2`, [
    key.tenantId,
    key.runId,
  ]);
  return head;
}

/** Reads the heads of runs without a lock. */
export function findRunHeads(db: Queryable, keys: readonly RunKey[]): Promise<RunHead[]> {
  return db.query<RunHead>(HEADS_IN_ORDER, keyColumns(keys));
}

export async function insertRunHead(tx: Transaction, head: RunHead): Promise<void> {
  await tx.execute(
    `insert into run_head (tenant_id, run_id, project_id, state, heartbeat_at, transition_no)
     values ($1, $2, $3, $4, $5, $6)`,
    [head.tenantId, head.runId, head.projectId, head.state, instant(head.heartbeatAt), head.transitionNo],
  );
}

/** Saves heads whose rows this transaction has locked. */
export async function saveRunHeads(tx: Transaction, heads: readonly RunHead[]): Promise<void> {
  const column = <T>(pick: (head: RunHead) => T): T[] => heads.map(pick);
  await tx.execute(
    `update run_head h
        set state = v.state, epoch = v.epoch, meta_version = v.meta_version, transition_no = v.transition_no,
            history_lines = v.history_lines, events_lines = v.events_lines,
            history_offset = v.history_offset, events_offset = v.events_offset, console_lines = v.console_lines,
            last_step = v.last_step, heartbeat_at = v.heartbeat_at, exit_code = v.exit_code,
            stop_requested = v.stop_requested, resume_asked_at = v.resume_asked_at, failed_at = v.failed_at, forked_lines = v.forked_lines
       from unnest($1::bigint[], $2::bigint[], $3::text[], $4::int[], $5::int[], $6::int[], $7::bigint[], $8::bigint[],
                   $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::timestamptz[], $14::int[],
                   $15::boolean[], $16::timestamptz[], $17::timestamptz[], $18::bigint[])
            as v(tenant_id, run_id, state, epoch, meta_version, transition_no, history_lines, events_lines,
                 history_offset, events_offset, console_lines, last_step, heartbeat_at, exit_code,
                 stop_requested, resume_asked_at, failed_at, forked_lines)
      where h.tenant_id = any($1::bigint[]) and h.tenant_id = v.tenant_id and h.run_id = v.run_id`,
    [
      column((head) => head.tenantId),
      column((head) => head.runId),
      column((head) => head.state),
      column((head) => head.epoch),
      column((head) => head.metaVersion),
      column((head) => head.transitionNo),
      column((head) => head.historyLines),
      column((head) => head.eventsLines),
      column((head) => head.historyOffset),
      column((head) => head.eventsOffset),
      column((head) => head.consoleLines),
      column((head) => head.lastStep),
      column((head) => instant(head.heartbeatAt)),
      column((head) => head.exitCode),
      column((head) => head.stopRequested),
      column((head) => instant(head.resumeAskedAt)),
      column((head) => instant(head.failedAt)),
      column((head) => head.forkedLines),
    ],
  );
}

/** Notes that the clients of runs whose rows this transaction has locked are to stop. */
export async function requestStops(tx: Transaction, keys: readonly RunKey[]): Promise<void> {
  await tx.execute(
    `update run_head set stop_requested = true
      where tenant_id = any($1::bigint[])
        and (tenant_id, run_id) in (select * from unnest($1::bigint[], $2::bigint[]))`,
    keyColumns(keys),
  );
}

/** Has it told that a run changed. */
export function tellRun(tx: Transaction, { tenantId, projectId, runId }: RunHead, part: RunPart): void {
  tx.changed({ kind: 'run', tenantId, projectId, runId, part });
}

/** Notes that a client asked whether it may resume the run: its next upsert is a start, not a revival. */
export async function noteResumeAsked(db: Queryable, key: RunKey, now: Instant): Promise<void> {
  await db.execute('update run_head set resume_asked_at = $3 where tenant_id = $1 and run_id = $2', [
    key.tenantId,
    key.runId,
    new Date(now),
  ]);
}

function instant(value: Instant | null): Date | null {
  return value === null ? null : new Date(value);
}
