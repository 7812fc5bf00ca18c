import type { Instant } from '../model/clock.ts';
import type { RunId, TenantId } from '../model/ids.ts';
import type { RunState } from '../model/run-state.ts';
import type { Queryable, Transaction } from './database.ts';
import type { Stream } from './history-writes.ts';
import type { MetricFacts } from './metric-fold.ts';
import type { RunKey } from './run-heads.ts';

/** Lines of one stream of a run, and how many of them columns hold. */
export interface Reach extends RunKey {
  readonly stream: Stream;
  readonly state: RunState;
  readonly epoch: number;
  readonly lines: number;
  readonly covered: number;
}

const REACHES = `
  select h.tenant_id as "tenantId", h.run_id as "runId", s.stream, h.state, h.epoch, s.lines::float8 as lines,
         coalesce(r.lines, 0)::float8 as covered
  from heads h
  cross join lateral (values ('history', h.history_lines), ('events', h.events_lines)) s (stream, lines)
  left join history_reach r on r.tenant_id = $1::bigint and r.run_id = h.run_id and r.stream = s.stream
    and r.epoch = h.epoch`;

/** How far the columns of both streams of a run reach; nothing when the run is gone. */
export function findReaches(database: Queryable, key: RunKey): Promise<Reach[]> {
  return database.query<Reach>(
    `with heads as (select * from run_head where tenant_id = $1::bigint and run_id = $2::bigint) ${REACHES}`,
    [key.tenantId, key.runId],
  );
}

/** The same of runs of a tenant, newest first, both streams of each. */
export function listReaches(
  database: Queryable,
  tenantId: TenantId,
  beforeRun: RunId | undefined,
  runs: number,
): Promise<Reach[]> {
  return database.query<Reach>(
    `with heads as (select * from run_head where tenant_id = $1::bigint and ($2::bigint is null or run_id < $2::bigint)
                    order by run_id desc limit $3::int) ${REACHES} order by h.run_id desc`,
    [tenantId, beforeRun ?? null, runs],
  );
}

/**
 * Takes the making of columns upon itself for a while, unless somebody else has; what was made before the run was
 * rewound is thrown away. The run cannot be removed meanwhile; its lock is not taken.
 *
 * @returns whether columns may be made
 */
export async function leaseReach(tx: Transaction, reach: Reach, now: Instant, until: Instant): Promise<boolean> {
  const [head] = await tx.query<{ epoch: number }>(
    'select epoch from run_head where tenant_id = $1::bigint and run_id = $2::bigint for key share',
    [reach.tenantId, reach.runId],
  );
  if (head?.epoch !== reach.epoch) return false;
  const [leased] = await tx.query<{ lines: number }>(
    `insert into history_reach (tenant_id, run_id, stream, epoch, lines, lease_until)
     values ($1::bigint, $2::bigint, $3::text, $4::int, 0, $6::timestamptz)
     on conflict (tenant_id, run_id, stream) do update
       set epoch = excluded.epoch, lease_until = excluded.lease_until,
           lines = case when history_reach.epoch = excluded.epoch then history_reach.lines else 0 end,
           last_step = case when history_reach.epoch = excluded.epoch then history_reach.last_step end
     where history_reach.epoch < excluded.epoch
        or (history_reach.epoch = excluded.epoch
            and (history_reach.lease_until is null or history_reach.lease_until <= $5::timestamptz))
     returning lines::float8 as lines`,
    [reach.tenantId, reach.runId, reach.stream, reach.epoch, new Date(now), new Date(until)],
  );
  if (leased?.lines === 0) await removeDerived(tx, reach, [reach.stream]);
  return leased !== undefined;
}

export async function endReachLease(database: Queryable, reach: Reach): Promise<void> {
  await database.execute(
    `update history_reach set lease_until = null
     where tenant_id = $1::bigint and run_id = $2::bigint and stream = $3::text and epoch = $4::int`,
    [reach.tenantId, reach.runId, reach.stream, reach.epoch],
  );
}

/**
 * Moves on how far the columns of a stream reach; whoever did so at the same moment waits, and then is too late.
 *
 * @param from how far they reached
 * @returns whether they still reached just so far: only then may columns be added in this transaction
 */
export async function moveReach(
  tx: Transaction,
  reach: RunKey & Pick<Reach, 'stream' | 'epoch'>,
  from: number,
  { lines, lastStep }: MetricFacts,
): Promise<boolean> {
  const moved = await tx.execute(
    `update history_reach set lines = $6::bigint, last_step = $7::float8
     where tenant_id = $1::bigint and run_id = $2::bigint and stream = $3::text and epoch = $4::int
       and lines = $5::bigint`,
    [reach.tenantId, reach.runId, reach.stream, reach.epoch, from, lines, lastStep ?? null],
  );
  return moved === 1;
}

/** Removes all that is derived from the history of a run, behind whoever is making more of it. */
export async function removeReach(tx: Transaction, key: RunKey): Promise<void> {
  await Promise.all([
    tx.execute('delete from history_reach where tenant_id = $1::bigint and run_id = $2::bigint', [
      key.tenantId,
      key.runId,
    ]),
    removeDerived(tx, key, ['history', 'events']),
  ]);
}

async function removeDerived(tx: Transaction, key: RunKey, streams: readonly Stream[]): Promise<void> {
  await Promise.all(
    ['history_column', 'run_metric'].map((table) =>
      tx.execute(
        `delete from ${table} where tenant_id = $1::bigint and run_id = $2::bigint and stream = any($3::text[])`,
        [key.tenantId, key.runId, streams],
      ),
    ),
  );
}
