import type { Queryable } from './database.ts';
import { decodeConsoleLines } from './history-format.ts';
import type { RunKey } from './run-heads.ts';

/** A line of the console as the client sent it, with its number. */
export interface NumberedLine {
  readonly number: number;
  readonly text: string;
}

export interface ConsolePage {
  /** In ascending order; numbers that no block holds are missing. */
  readonly lines: readonly NumberedLine[];
  readonly hasMore: boolean;
}

/** Lines of one answer. */
const MOST_LINES = 10_000;
/** Deflated bytes fetched at a time. */
const FETCHED_BYTES = 256 * 1024;

/** The next lines after a number (-1: from the beginning). */
export async function consoleAfter(
  database: Queryable,
  key: RunKey,
  wanted: { after: number; first: number },
): Promise<ConsolePage> {
  const numbers = new Wanted(Math.min(wanted.first, MOST_LINES));
  const spans = await spansOf(database, key, wanted.after + 1);
  for (const span of spans) numbers.addFrom(Math.max(span.from, wanted.after + 1), span.to);
  const total = spans.reduce((sum, span) => sum + span.to - Math.max(span.from, wanted.after + 1), 0);
  return { lines: await readLines(database, key, numbers.list()), hasMore: total > numbers.size };
}

/** The last lines. */
export async function consoleTail(database: Queryable, key: RunKey, last: number): Promise<NumberedLine[]> {
  const numbers = new Wanted(Math.min(last, MOST_LINES));
  for (const span of (await spansOf(database, key, 0)).toReversed()) numbers.addTo(span.from, span.to);
  return readLines(database, key, numbers.list());
}

/** The lines from one number on and before another. */
export function consoleRange(
  database: Queryable,
  key: RunKey,
  { from, before }: { from: number; before: number },
): Promise<NumberedLine[]> {
  const count = Math.min(Math.max(0, before - from), MOST_LINES);
  return readLines(
    database,
    key,
    Array.from({ length: count }, (_, index) => from + index),
  );
}

/** What was written to a console after a point of it. */
export interface ConsoleChange {
  /** The point up to which this tells of everything; `null` for a console without a line. */
  readonly revision: string | null;
  /** The lines that were written or written anew, by number; `to` exclusive. `null` for none. */
  readonly lines: { readonly from: number; readonly to: number } | null;
}

/** What was written after a revision; everything after `null`. */
export async function consoleChange(database: Queryable, key: RunKey, since: string | null): Promise<ConsoleChange> {
  const [row] = await database.query<{ revision: string | null; from: number; to: number }>(
    `select max(seq)::text as revision, min(first_line)::float8 as "from", max(first_line + lines)::float8 as "to"
     from console_block where tenant_id = $1::bigint and run_id = $2::bigint and seq > $3::bigint`,
    [key.tenantId, key.runId, since ?? '-1'],
  );
  if (row === undefined || row.revision === null) return { revision: since, lines: null };
  return { revision: row.revision, lines: { from: row.from, to: row.to } };
}

/** Line numbers, up to a limit. */
class Wanted {
  readonly #limit: number;
  readonly #numbers: number[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#numbers.length;
  }

  /** Adds from the beginning of a span. */
  addFrom(from: number, to: number): void {
    for (let number = from; number < to && this.size < this.#limit; number += 1) this.#numbers.push(number);
  }

  /** Adds from the end of a span. */
  addTo(from: number, to: number): void {
    for (let number = to - 1; number >= from && this.size < this.#limit; number -= 1) this.#numbers.push(number);
  }

  list(): number[] {
    return this.#numbers.toSorted((left, right) => left - right);
  }
}

/** Numbers that blocks hold without a gap, `to` exclusive. */
interface Span {
  readonly from: number;
  readonly to: number;
}

function spansOf(database: Queryable, key: RunKey, fromLine: number): Promise<Span[]> {
  return database.query<Span>(
    `select lower(span)::float8 as "from", upper(span)::float8 as "to" from (
       select unnest(range_agg(int8range(first_line, first_line + lines))) as span from console_block
       where tenant_id = $1::bigint and run_id = $2::bigint and first_line + lines > $3::bigint
     ) covered
     order by 1`,
    [key.tenantId, key.runId, fromLine],
  );
}

interface Block {
  readonly seq: string;
  readonly firstLine: number;
  readonly body: Buffer;
}

/** Newest block first, until every line is found: of the blocks that hold a line, the newest counts. */
async function readLines(database: Queryable, key: RunKey, numbers: readonly number[]): Promise<NumberedLine[]> {
  const [first, last] = [numbers[0], numbers.at(-1)];
  if (first === undefined || last === undefined) return [];
  const open = new Set(numbers);
  const found = new Map<number, string>();
  let before: string | null = null;
  while (open.size > 0) {
    const blocks: Block[] = await fetchBlocks(database, key, { first, last, before });
    for (const block of blocks) collect(block, open, found);
    const oldest = blocks.at(-1);
    if (oldest === undefined) break;
    before = oldest.seq;
  }
  return numbers.flatMap((number) => {
    const text = found.get(number);
    return text === undefined ? [] : { number, text };
  });
}

function collect(block: Block, open: Set<number>, found: Map<number, string>): void {
  for (const [index, text] of decodeConsoleLines(block.body).entries()) {
    const number = block.firstLine + index;
    if (open.delete(number)) found.set(number, text);
  }
}

function fetchBlocks(
  database: Queryable,
  key: RunKey,
  { first, last, before }: { first: number; last: number; before: string | null },
): Promise<Block[]> {
  return database.query<Block>(
    `select seq, first_line::float8 as "firstLine", body from (
       select seq, first_line, body, coalesce(sum(octet_length(body)) over (
           order by seq desc rows between unbounded preceding and 1 preceding), 0) as before
       from (
         select seq, first_line, body from console_block
         where tenant_id = $1::bigint and run_id = $2::bigint
           and first_line <= $4::bigint and first_line + lines > $3::bigint
           and ($5::bigint is null or seq < $5::bigint)
         order by seq desc limit 256
       ) wanted
     ) measured
     where before < $6::bigint order by seq desc`,
    [key.tenantId, key.runId, first, last, before, FETCHED_BYTES],
  );
}
