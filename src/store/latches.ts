import type { Instant } from '../model/clock.ts';
import type { AutomationId } from '../model/ids.ts';
import type { Queryable, Transaction } from './database.ts';
import { rowsOf } from './rows.ts';
import type { RunKey } from './run-heads.ts';

/** When an automation last fired for a run: the limit of once in 24 hours (automations, section 2.8). */
export interface Latch extends RunKey {
  readonly automationId: AutomationId;
  /** The latch holds only while the automation's condition has this revision. */
  readonly conditionRevision: number;
  readonly lastFiredAt: Instant;
  readonly lastLine: number;
}

export function findLatches(db: Queryable, keys: readonly RunKey[]): Promise<Latch[]> {
  return db.query<Latch>(
    `select tenant_id as "tenantId", run_id as "runId", automation_id as "automationId",
            condition_revision as "conditionRevision", last_fired_at as "lastFiredAt", last_line::float8 as "lastLine"
       from latch
      where tenant_id = any($1::bigint[])
        and (tenant_id, run_id) in (select * from unnest($1::bigint[], $2::bigint[]))`,
    [keys.map((key) => key.tenantId), keys.map((key) => key.runId)],
  );
}

export async function saveLatches(tx: Transaction, latches: readonly Latch[]): Promise<void> {
  const { values, parameters } = rowsOf(latches, (latch) => [
    latch.tenantId,
    latch.runId,
    latch.automationId,
    latch.conditionRevision,
    new Date(latch.lastFiredAt),
    latch.lastLine,
  ]);
  await tx.execute(
    `insert into latch (tenant_id, run_id, automation_id, condition_revision, last_fired_at, last_line)
     values ${values}
     on conflict (tenant_id, run_id, automation_id) do update
        set condition_revision = excluded.condition_revision, last_fired_at = excluded.last_fired_at,
            last_line = excluded.last_line`,
    parameters,
  );
}

/** When one automation last fired for one run. */
export async function findLatch(
  db: Queryable,
  { tenantId, runId }: RunKey,
  automationId: AutomationId,
): Promise<Latch | undefined> {
  const latches = await findLatches(db, [{ tenantId, runId }]);
  return latches.find((latch) => latch.automationId === automationId);
}
