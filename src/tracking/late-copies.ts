import { createHash } from 'node:crypto';
import type { Transaction } from '../store/database.ts';
import { blocksBefore } from '../store/history-chunks.ts';
import { storedText } from '../store/history-format.ts';
import type { Stream } from '../store/history-writes.ts';
import { findRewoundLines, type RewoundLines } from '../store/rewound-lines.ts';
import type { RunHead } from '../store/run-heads.ts';
import type { Block, HistoryLine, RunChunk } from './run-chunk.ts';

/** A client sends one request after the other: copies that are still on their way are of its last ones. */
const REMEMBERED_CHUNKS = 16;

/** What a run received last: after a rewind a late copy of it is known by its text, since its offset says nothing. */
export async function lastReceived(tx: Transaction, head: RunHead): Promise<RewoundLines[]> {
  const ends: [Stream, number][] = [
    ['history', head.historyLines],
    ['events', head.eventsLines],
  ];
  const found = await Promise.all(
    ends.map(async ([stream, end]) => {
      const blocks = await blocksBefore(tx, head, stream, end, REMEMBERED_CHUNKS);
      return blocks.map(({ lines }) => ({ stream, lines: lines.length, digest: digestOf(lines) }));
    }),
  );
  return found.flat();
}

/**
 * The chunk, or one that says nothing in place of a late copy of what its run received before it was rewound (data
 * model, section 3). Lines that go on just where the run ends are no copy, whatever they say: an offline run may be
 * synced again. Writers that share a run go on to count after a rewind: their offsets tell copies as ever.
 */
export async function withoutLateCopies(tx: Transaction, head: RunHead, chunk: RunChunk): Promise<RunChunk> {
  if (head.epoch === 0 || chunk.writer !== undefined) return chunk;
  const suspects = [
    { stream: 'history', block: chunk.history, end: head.historyOffset },
    { stream: 'events', block: chunk.events, end: head.eventsOffset },
  ].filter(({ block, end }) => block !== undefined && block.offset !== end);
  if (suspects.length === 0) return chunk;
  const received = await findRewoundLines(tx, head);
  const isLate = suspects.some(({ stream, block }) =>
    received.some((each) => each.stream === stream && endsWith(block, each)),
  );
  return isLate ? { ...SILENT, tenantId: chunk.tenantId, runId: chunk.runId } : chunk;
}

const SILENT = {
  writer: undefined,
  history: undefined,
  events: undefined,
  summary: undefined,
  console: undefined,
  uploaded: [],
  preempting: false,
  ended: undefined,
};

/** The first lines of a request may have been known when the last ones were stored. */
function endsWith(block: Block<HistoryLine> | undefined, { lines, digest }: RewoundLines): boolean {
  if (block === undefined || block.lines.length < lines) return false;
  return digest.equals(digestOf(block.lines.slice(-lines).map(({ raw }) => raw)));
}

function digestOf(lines: readonly string[]): Buffer {
  return createHash('sha256').update(storedText(lines)).digest();
}
