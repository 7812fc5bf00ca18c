import type { Transaction } from './database.ts';
import type { Stream } from './history-writes.ts';
import { rowsOf } from './rows.ts';
import type { RunKey } from './run-heads.ts';

/** Lines that a run had received, one after the other, before it was rewound. */
export interface RewoundLines {
  readonly stream: Stream;
  readonly lines: number;
  readonly digest: Buffer;
}

/** Remembers what a run had received last, in place of what was remembered of it. */
export async function saveRewoundLines(tx: Transaction, key: RunKey, received: readonly RewoundLines[]): Promise<void> {
  await tx.execute('delete from rewound_lines where tenant_id = $1::bigint and run_id = $2::bigint', [
    key.tenantId,
    key.runId,
  ]);
  if (received.length === 0) return;
  const { values, parameters } = rowsOf(received, ({ stream, lines, digest }) => [
    key.tenantId,
    key.runId,
    stream,
    lines,
    digest,
  ]);
  await tx.execute(
    `insert into rewound_lines (tenant_id, run_id, stream, lines, digest) values ${values} on conflict do nothing`,
    parameters,
  );
}

export function findRewoundLines(tx: Transaction, key: RunKey): Promise<RewoundLines[]> {
  return tx.query<RewoundLines>(
    'select stream, lines, digest from rewound_lines where tenant_id = $1::bigint and run_id = $2::bigint',
    [key.tenantId, key.runId],
  );
}
