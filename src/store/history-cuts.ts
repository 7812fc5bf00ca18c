import type { Instant } from '../model/clock.ts';
import { parseRow, stepOf } from '../model/history-row.ts';
import type { Json } from '../model/json.ts';
import type { Transaction } from './database.ts';
import { blocksBefore } from './history-chunks.ts';
import { BODY_FORMAT, decodeLines, encodeLines } from './history-format.ts';
import { type HistoryChunk, insertHistoryChunks } from './history-writes.ts';
import type { RunKey } from './run-heads.ts';

/** Chunks taken in hand at a time, and chunks looked back at. */
const CHUNKS = 256;
const CHUNKS_BACK = 64;

/** Our number of the first line of the first chunk that holds a step beyond one; `undefined` when none does. */
export async function firstChunkBeyond(tx: Transaction, key: RunKey, step: number): Promise<number | undefined> {
  const [row] = await tx.query<{ firstLine: number | null }>(
    `select min(first_line)::float8 as "firstLine" from history_chunk
     where tenant_id = $1::bigint and run_id = $2::bigint and stream = 'history' and max_step > $3::bigint`,
    [key.tenantId, key.runId, step],
  );
  return row?.firstLine ?? undefined;
}

/**
 * Deletes the lines of history whose step lies beyond one, in the caller's transaction, which holds the run's lock.
 * Lines without a step go or stay with the line before them. What stays is numbered anew, without a gap: several
 * writers of one run may have sent steps out of order.
 *
 * @param firstLine see {@link firstChunkBeyond}
 * @returns how many lines the history has then
 */
export async function cutHistory(tx: Transaction, key: RunKey, step: number, firstLine: number): Promise<number> {
  let next = firstLine;
  for await (const page of pagesFrom(tx, key, step, firstLine)) {
    const kept = keptOf(page, step, key, next);
    await deleteChunks(tx, key, page);
    if (kept.length > 0) await insertHistoryChunks(tx, kept);
    next = endOf(kept) ?? next;
  }
  return next;
}

/**
 * Copies the lines of history up to a step to a run that has none, in the caller's transaction, which holds the lock of
 * both.
 *
 * @returns how many lines these are
 */
export async function copyHistory(tx: Transaction, from: RunKey, to: RunKey, step: number): Promise<number> {
  const firstLine = await firstChunkBeyond(tx, from, step);
  let next = await copyWholeChunks(tx, from, to, firstLine);
  if (firstLine === undefined) return next;
  for await (const page of pagesFrom(tx, from, step, firstLine)) {
    const kept = keptOf(page, step, to, next);
    if (kept.length > 0) await insertHistoryChunks(tx, kept);
    next = endOf(kept) ?? next;
  }
  return next;
}

/** The greatest step of a run's history; `null` when it has none. */
export async function lastStepOf(tx: Transaction, key: RunKey): Promise<number | null> {
  const [row] = await tx.query<{ lastStep: number | null }>(
    `select max(max_step)::float8 as "lastStep" from history_chunk
     where tenant_id = $1::bigint and run_id = $2::bigint and stream = 'history'`,
    [key.tenantId, key.runId],
  );
  return row?.lastStep ?? null;
}

/** The newest values of top-level members of history lines, looked for backwards until each is found. */
export async function newestMembers(
  tx: Transaction,
  key: RunKey,
  { from, before }: { readonly from: number; readonly before: number },
  names: Iterable<string>,
): Promise<ReadonlyMap<string, Json>> {
  const found = new Map<string, Json>();
  const sought = new Set(names);
  for (let end = before; end > from && sought.size > 0; ) {
    const blocks = await blocksBefore(tx, key, 'history', end, CHUNKS_BACK);
    for (const { firstLine, lines } of blocks) {
      const wanted = lines.slice(Math.max(0, from - firstLine), Math.max(0, end - firstLine));
      for (const line of wanted.toReversed()) take(line, sought, found);
    }
    end = blocks.at(-1)?.firstLine ?? 0;
  }
  return found;
}

function take(line: string, sought: Set<string>, found: Map<string, Json>): void {
  for (const [name, value] of Object.entries(parseRow(line) ?? {})) if (sought.delete(name)) found.set(name, value);
}

interface StoredChunk {
  readonly firstLine: number;
  /** `null` when no line of it stays. */
  readonly body: Buffer | null;
  readonly format: number;
  readonly receivedAt: Instant;
}

async function* pagesFrom(
  tx: Transaction,
  key: RunKey,
  step: number,
  firstLine: number,
): AsyncGenerator<readonly StoredChunk[]> {
  for (let from = firstLine; ; ) {
    const page = await tx.query<StoredChunk>(
      `select first_line::float8 as "firstLine", case when min_step <= $4::bigint then body end as body, format,
              received_at as "receivedAt"
       from history_chunk
       where tenant_id = $1::bigint and run_id = $2::bigint and stream = 'history' and first_line >= $3::bigint
       order by first_line limit $5::int`,
      [key.tenantId, key.runId, from, step, CHUNKS],
    );
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    from = last.firstLine + 1;
  }
}

/** What stays of some chunks, as chunks of a run whose next line has a number. */
function keptOf(page: readonly StoredChunk[], step: number, key: RunKey, firstLine: number): HistoryChunk[] {
  const kept: HistoryChunk[] = [];
  for (const chunk of page) {
    const rows = chunk.body === null ? [] : rowsUpTo(decodeLines(chunk.body, chunk.format), step);
    if (rows.length === 0) continue;
    const steps = rows.flatMap((row) => row.step ?? []);
    kept.push({
      tenantId: key.tenantId,
      runId: key.runId,
      stream: 'history',
      firstLine: endOf(kept) ?? firstLine,
      lines: rows.length,
      minStep: steps.reduce((least: number | null, each) => Math.min(least ?? each, each), null),
      maxStep: steps.reduce((most: number | null, each) => Math.max(most ?? each, each), null),
      format: BODY_FORMAT,
      body: encodeLines(rows.map(({ line }) => line)),
      receivedAt: chunk.receivedAt,
    });
  }
  return kept;
}

function rowsUpTo(lines: readonly string[], step: number) {
  let reached = Number.NEGATIVE_INFINITY;
  return lines.flatMap((line) => {
    const own = stepOf(parseRow(line));
    reached = own ?? reached;
    return reached <= step ? [{ line, step: own }] : [];
  });
}

function endOf(chunks: readonly HistoryChunk[]): number | undefined {
  const last = chunks.at(-1);
  return last === undefined ? undefined : last.firstLine + last.lines;
}

async function deleteChunks(tx: Transaction, key: RunKey, page: readonly StoredChunk[]): Promise<void> {
  await tx.execute(
    `delete from history_chunk
     where tenant_id = $1::bigint and run_id = $2::bigint and stream = 'history'
       and first_line between $3::bigint and $4::bigint`,
    [key.tenantId, key.runId, page[0]?.firstLine ?? 0, page.at(-1)?.firstLine ?? 0],
  );
}

/** @returns how many lines were copied */
async function copyWholeChunks(
  tx: Transaction,
  from: RunKey,
  to: RunKey,
  beforeLine: number | undefined,
): Promise<number> {
  const [row] = await tx.query<{ lines: number }>(
    `with copied as (
       insert into history_chunk
         (tenant_id, run_id, stream, first_line, lines, min_step, max_step, format, body, received_at)
       select $3::bigint, $4::bigint, stream, first_line, lines, min_step, max_step, format, body, received_at
       from history_chunk
       where tenant_id = $1::bigint and run_id = $2::bigint and stream = 'history'
         and ($5::bigint is null or first_line < $5::bigint)
       returning lines)
     select coalesce(sum(lines), 0)::float8 as lines from copied`,
    [from.tenantId, from.runId, to.tenantId, to.runId, beforeLine ?? null],
  );
  return row?.lines ?? 0;
}
