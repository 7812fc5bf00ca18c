import type { Json } from '../model/json.ts';
import type { Queryable, Transaction } from './database.ts';
import { rowsOf } from './rows.ts';
import type { RunKey } from './run-heads.ts';

/** The newest summary of a run: the text as the client sent it, and the same as jsonb can hold it. */
export interface RunSummary extends RunKey {
  readonly raw: string;
  readonly summary: Json;
}

export async function findSummary(db: Queryable, key: RunKey): Promise<RunSummary | undefined> {
  const [summary] = await db.query<RunSummary>(
    `select tenant_id as "tenantId", run_id as "runId", raw, summary from run_summary
      where tenant_id = $1 and run_id = $2`,
    [key.tenantId, key.runId],
  );
  return summary;
}

/** Replaces the summaries of runs whose heads this transaction has locked. */
export async function saveSummaries(tx: Transaction, summaries: readonly RunSummary[]): Promise<void> {
  const { values, parameters } = rowsOf(summaries, (summary) => [
    summary.tenantId,
    summary.runId,
    summary.raw,
    JSON.stringify(summary.summary),
  ]);
  await tx.execute(
    `insert into run_summary (tenant_id, run_id, raw, summary)
     values ${values}
     on conflict (tenant_id, run_id) do update set raw = excluded.raw, summary = excluded.summary`,
    parameters,
  );
}
