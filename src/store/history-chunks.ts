import type { Queryable } from './database.ts';
import { decodeLines } from './history-format.ts';
import type { Stream } from './history-writes.ts';
import type { RunKey } from './run-heads.ts';

export interface ChunkRange {
  readonly stream: Stream;
  /** Our own number of the first line that is wanted. */
  readonly fromLine?: number;
  /** Only chunks that can hold a step of this range, both ends inclusive. */
  readonly minStep?: number | undefined;
  readonly maxStep?: number | undefined;
}

/** The lines of one chunk. A range begins and ends inside chunks: callers drop what they did not ask for. */
export interface LineBlock {
  readonly firstLine: number;
  readonly lines: readonly string[];
}

interface ChunkRow {
  readonly firstLine: number;
  readonly lines: number;
  readonly format: number;
  readonly body: Buffer;
}

/** Deflated bytes fetched at a time: what is in memory stays small, whatever the size of the run. */
const FETCHED_BYTES = 256 * 1024;
const FETCHED_CHUNKS = 256;

/** Reads chunk by chunk in the order of our lines, a bounded number of bytes at a time. */
export async function* readBlocks(database: Queryable, key: RunKey, range: ChunkRange): AsyncGenerator<LineBlock> {
  let from = range.fromLine ?? 0;
  for (;;) {
    const rows = await fetchChunks(database, key, { ...range, fromLine: from });
    if (rows.length === 0) return;
    for (const row of rows) {
      yield toBlock(row);
      from = row.firstLine + row.lines;
    }
  }
}

/** The chunks that hold some of these lines, in order, each once. @param lines ascending */
export async function* readBlocksWith(
  database: Queryable,
  key: RunKey,
  stream: Stream,
  lines: readonly number[],
): AsyncGenerator<LineBlock> {
  let end = 0;
  for (let at = 0; at < lines.length; at += PROBED_LINES) {
    const probed = lines.slice(at, at + PROBED_LINES).filter((line) => line >= end);
    for (const row of probed.length === 0 ? [] : await probeChunks(database, key, stream, probed)) {
      if (row.firstLine < end) continue;
      end = row.firstLine + row.lines;
      yield toBlock(row);
    }
  }
}

const PROBED_LINES = 64;

/** The chunks that begin before a line, the newest first. */
export async function blocksBefore(
  database: Queryable,
  key: RunKey,
  stream: Stream,
  line: number,
  limit: number,
): Promise<LineBlock[]> {
  const rows = await database.query<ChunkRow>(
    `select first_line::float8 as "firstLine", lines, format, body from history_chunk
     where tenant_id = $1::bigint and run_id = $2::bigint and stream = $3::text and first_line < $4::bigint
     order by first_line desc limit $5::int`,
    [key.tenantId, key.runId, stream, line, limit],
  );
  return rows.map(toBlock);
}

function toBlock(row: ChunkRow): LineBlock {
  return { firstLine: row.firstLine, lines: decodeLines(row.body, row.format) };
}

function fetchChunks(database: Queryable, key: RunKey, range: ChunkRange): Promise<ChunkRow[]> {
  return database.query<ChunkRow>(
    `select first_line::float8 as "firstLine", lines, format, body from (
       select first_line, lines, format, body,
         coalesce(sum(octet_length(body)) over (
           order by first_line rows between unbounded preceding and 1 preceding), 0) as before
       from (
         select first_line, lines, format, body from history_chunk
         where tenant_id = $1::bigint and run_id = $2::bigint and stream = $3::text
           and first_line >= coalesce((
             select max(first_line) from history_chunk
             where tenant_id = $1::bigint and run_id = $2::bigint and stream = $3::text
               and first_line <= $4::bigint), 0)
           and first_line + lines > $4::bigint
           and ($5::bigint is null or max_step >= $5::bigint)
           and ($6::bigint is null or min_step <= $6::bigint)
         order by first_line limit $7::int
       ) wanted
     ) measured
     where before < $8::bigint order by first_line`,
    [
      key.tenantId,
      key.runId,
      range.stream,
      range.fromLine ?? 0,
      range.minStep ?? null,
      range.maxStep ?? null,
      FETCHED_CHUNKS,
      FETCHED_BYTES,
    ],
  );
}

function probeChunks(database: Queryable, key: RunKey, stream: Stream, lines: readonly number[]): Promise<ChunkRow[]> {
  return database.query<ChunkRow>(
    `select distinct on (chunk.first_line) chunk.first_line::float8 as "firstLine", chunk.lines, chunk.format, chunk.body
     from unnest($4::bigint[]) as probe (line)
     cross join lateral (
       select first_line, lines, format, body from history_chunk
       where tenant_id = $1::bigint and run_id = $2::bigint and stream = $3::text and first_line <= probe.line
       order by first_line desc limit 1
     ) chunk
     order by chunk.first_line`,
    [key.tenantId, key.runId, stream, lines],
  );
}
