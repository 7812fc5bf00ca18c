import type { Instant } from '../model/clock.ts';
import type { Queryable } from './database.ts';
import type { Stream } from './history-writes.ts';
import type { RunKey } from './run-heads.ts';

/** A stream of a run. */
export interface StreamKey extends RunKey {
  readonly stream: Stream;
}

/** Lines that arrived together. */
export interface Arrival {
  readonly firstLine: number;
  readonly lines: number;
  /** By the server's clock. */
  readonly receivedAt: Instant;
}

/** With which lines a line arrived; `undefined` when it is not there. */
export async function arrivalOf(
  database: Queryable,
  { tenantId, runId, stream }: StreamKey,
  line: number,
): Promise<Arrival | undefined> {
  const [row] = await database.query<Arrival>(
    `select first_line::float8 as "firstLine", lines, received_at as "receivedAt" from history_chunk
      where tenant_id = $1::bigint and run_id = $2::bigint and stream = $3::text and first_line <= $4::bigint
      order by first_line desc limit 1`,
    [tenantId, runId, stream, line],
  );
  return row;
}

/**
 * The first line, from one on, that arrived at an instant or later; `lineCount` when none has. It is found by halving,
 * as lines arrive in their order.
 */
export async function firstLineSince(
  database: Queryable,
  key: StreamKey,
  instant: Instant,
  { from, lineCount }: { readonly from: number; readonly lineCount: number },
): Promise<number> {
  let [low, high] = [from, lineCount];
  while (low < high) {
    const arrival = await arrivalOf(database, key, Math.floor((low + high) / 2));
    if (arrival === undefined) return lineCount;
    if (arrival.receivedAt >= instant) high = Math.max(from, arrival.firstLine);
    else low = arrival.firstLine + arrival.lines;
  }
  return Math.min(low, lineCount);
}
