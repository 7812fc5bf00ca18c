import type { Latch as EngineLatch } from '../engine/latch.ts';
import type { Instant } from '../model/clock.ts';
import type { AutomationId, EventId } from '../model/ids.ts';
import type { Queryable, Transaction } from './database.ts';
import { rowsOf } from './rows.ts';
import type { RunKey } from './run-heads.ts';

/** An automation and one run that it watches. */
export interface LatchKey extends RunKey {
  readonly automationId: AutomationId;
}

/** What is remembered of an automation's firings for a run (automations, section 2.8). */
export interface Latch extends LatchKey, EngineLatch {
  /** Our number of the line whose value fired last. */
  readonly lastLine: number | null;
  /** Of the last firing. */
  readonly eventId: EventId | null;
  /** Matches that were held back since that firing, as last counted: up to a minute ago. */
  readonly held: number;
  readonly lastHeldAt: Instant | null;
}

const SELECT = `select tenant_id as "tenantId", run_id as "runId", automation_id as "automationId",
    condition_revision as "conditionRevision", last_fired_at as "lastFiredAt", last_line::float8 as "lastLine",
    armed, event_id as "eventId", held::float8 as held, last_held_at as "lastHeldAt"
  from latch`;

/** The latches of all automations that fired for these runs, or matched them. */
export function findLatches(db: Queryable, keys: readonly RunKey[]): Promise<Latch[]> {
  return db.query<Latch>(
    `${SELECT}
      where tenant_id = any($1::bigint[])
        and (tenant_id, run_id) in (select * from unnest($1::bigint[], $2::bigint[]))`,
    [keys.map((key) => key.tenantId), keys.map((key) => key.runId)],
  );
}

/** What is remembered of one automation and one run; ask `restOf` what it means now. */
export async function findLatch(
  db: Queryable,
  { tenantId, runId, automationId }: LatchKey,
): Promise<Latch | undefined> {
  const [latch] = await db.query<Latch>(
    `${SELECT} where tenant_id = $1::bigint and run_id = $2::bigint and automation_id = $3::bigint`,
    [tenantId, runId, automationId],
  );
  return latch;
}

/** Saves latches of runs whose lock is held. */
export async function saveLatches(tx: Transaction, latches: readonly Latch[]): Promise<void> {
  const { values, parameters } = rowsOf(latches, (latch) => [
    latch.tenantId,
    latch.runId,
    latch.automationId,
    latch.conditionRevision,
    dateOf(latch.lastFiredAt),
    latch.lastLine,
    latch.armed,
    latch.eventId,
    latch.held,
    dateOf(latch.lastHeldAt),
  ]);
  await tx.execute(
    `insert into latch (tenant_id, run_id, automation_id, condition_revision, last_fired_at, last_line, armed, event_id,
       held, last_held_at)
     values ${values}
     on conflict (tenant_id, run_id, automation_id) do update
        set condition_revision = excluded.condition_revision, last_fired_at = excluded.last_fired_at,
            last_line = excluded.last_line, armed = excluded.armed, event_id = excluded.event_id,
            held = excluded.held, last_held_at = excluded.last_held_at`,
    parameters,
  );
}

const dateOf = (instant: Instant | null): Date | null => (instant === null ? null : new Date(instant));
