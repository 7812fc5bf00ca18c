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
 * A chunk without lines that its run received before it was rewound (data model, section 3). Writers that share a run
 * go on to count after a rewind: their offsets tell copies as ever.
 */
export async function withoutLateCopies(tx: Transaction, head: RunHead, chunk: RunChunk): Promise<RunChunk> {
  if (head.epoch === 0 || chunk.writer !== undefined) return chunk;
  const received = await findRewoundLines(tx, head);
  if (received.length === 0) return chunk;
  const fresh = (stream: Stream, block: Block<HistoryLine> | undefined) =>
    block !== undefined &&
    isCopy(
      block,
      received.filter((each) => each.stream === stream),
    )
      ? NOTHING
      : block;
  return { ...chunk, history: fresh('history', chunk.history), events: fresh('events', chunk.events) };
}

/** Moves no offset. */
const NOTHING: Block<HistoryLine> = { offset: 0, lines: [] };

/** The first lines of a request may have been known when the last ones were stored. */
function isCopy({ lines }: Block<HistoryLine>, received: readonly RewoundLines[]): boolean {
  const texts = lines.map(({ raw }) => raw);
  return received.some((each) => each.lines <= texts.length && each.digest.equals(digestOf(texts.slice(-each.lines))));
}

function digestOf(lines: readonly string[]): Buffer {
  return createHash('sha256').update(storedText(lines)).digest();
}
