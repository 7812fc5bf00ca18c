import type { Instant } from '../model/clock.ts';
import type { Transaction } from './database.ts';
import { rowsOf } from './rows.ts';
import type { RunKey } from './run-heads.ts';

/** The two streams of a run: what it logged, and what the system monitor sampled. */
export type Stream = 'history' | 'events';

/** Lines of one stream as they are stored: once, and never changed. */
export interface HistoryChunk extends RunKey {
  readonly stream: Stream;
  /** Number of the first line, in our own dense numbering. */
  readonly firstLine: number;
  readonly lines: number;
  readonly minStep: number | null;
  readonly maxStep: number | null;
  readonly format: number;
  readonly body: Buffer;
  readonly receivedAt: Instant;
}

export async function insertHistoryChunks(tx: Transaction, chunks: readonly HistoryChunk[]): Promise<void> {
  const { values, parameters } = rowsOf(chunks, (chunk) => [
    chunk.tenantId,
    chunk.runId,
    chunk.stream,
    chunk.firstLine,
    chunk.lines,
    chunk.minStep,
    chunk.maxStep,
    chunk.format,
    chunk.body,
    new Date(chunk.receivedAt),
  ]);
  await tx.execute(
    `insert into history_chunk
       (tenant_id, run_id, stream, first_line, lines, min_step, max_step, format, body, received_at)
     values ${values}`,
    parameters,
  );
}

/** A block of console lines; of the blocks that hold a line, the newest wins. */
export interface ConsoleBlock extends RunKey {
  readonly seq: string;
  readonly firstLine: number;
  readonly lines: number;
  readonly body: Buffer;
}

export async function insertConsoleBlocks(tx: Transaction, blocks: readonly ConsoleBlock[]): Promise<void> {
  const { values, parameters } = rowsOf(blocks, (block) => [
    block.tenantId,
    block.runId,
    block.seq,
    block.firstLine,
    block.lines,
    block.body,
  ]);
  await tx.execute(
    `insert into console_block (tenant_id, run_id, seq, first_line, lines, body) values ${values}`,
    parameters,
  );
}

/** The next offset of a writer in shared mode, where several clients each count from 0. */
export async function findWriterOffset(tx: Transaction, key: RunKey, stream: Stream, writer: string): Promise<number> {
  const [row] = await tx.query<{ offset: number }>(
    `select next_offset::float8 as "offset" from run_writer
      where tenant_id = $1 and run_id = $2 and stream = $3 and writer = $4`,
    [key.tenantId, key.runId, stream, writer],
  );
  return row?.offset ?? 0;
}

/** How far one writer of a run has come in one stream. */
export interface WriterOffset extends RunKey {
  readonly stream: Stream;
  readonly writer: string;
  readonly offset: number;
}

export async function saveWriterOffsets(tx: Transaction, offsets: readonly WriterOffset[]): Promise<void> {
  const { values, parameters } = rowsOf(offsets, ({ tenantId, runId, stream, writer, offset }) => [
    tenantId,
    runId,
    stream,
    writer,
    offset,
  ]);
  await tx.execute(
    `insert into run_writer (tenant_id, run_id, stream, writer, next_offset) values ${values}
     on conflict (tenant_id, run_id, stream, writer) do update set next_offset = excluded.next_offset`,
    parameters,
  );
}
