import type { Instant } from '../model/clock.ts';
import type { AlertId } from '../model/ids.ts';
import type { Transaction } from './database.ts';
import type { RunKey } from './run-heads.ts';

/** A message that a script sent with `run.alert`. */
export interface RunAlert extends RunKey {
  readonly alertId: AlertId;
  readonly title: string;
  readonly text: string;
  readonly severity: 'INFO' | 'WARN' | 'ERROR';
  /** Further alerts of the same title are dropped for so long. */
  readonly waitMs: number;
  readonly createdAt: Instant;
}

export async function insertAlert(tx: Transaction, alert: RunAlert): Promise<void> {
  await tx.execute(
    `insert into run_alert (tenant_id, alert_id, run_id, title, text, severity, wait_ms, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      alert.tenantId,
      alert.alertId,
      alert.runId,
      alert.title,
      alert.text,
      alert.severity,
      alert.waitMs,
      new Date(alert.createdAt),
    ],
  );
}

/** Counts a dropped alert on the one that is kept; false when none of that title is newer than `since`. */
export async function countSuppressed(tx: Transaction, key: RunKey, title: string, since: Instant): Promise<boolean> {
  const counted = await tx.execute(
    `update run_alert set suppressed = suppressed + 1
      where tenant_id = $1 and alert_id = (
        select alert_id from run_alert
         where tenant_id = $1 and run_id = $2 and title = $3 and created_at > $4
         order by created_at desc limit 1)`,
    [key.tenantId, key.runId, title, new Date(since)],
  );
  return counted === 1;
}
