import { TriplineError } from '../model/error.ts';
import type { ByteRange } from './blob-store.ts';
import { giveBack } from './give-back.ts';
import { watched } from './watched.ts';

const MEBIBYTE = 1024 ** 2;
/** S3 takes no smaller one but the last. */
export const PIECE = 8 * MEBIBYTE;
/** A store takes 10,000 pieces of one object: behind so many they grow. */
const SMALL_PIECES = 1_000;
const LARGE_PIECE = 64 * MEBIBYTE;
const MOST_PIECES = 10_000;
/** Of pieces that are on their way, beside the one that is being gathered; a single one may have more. */
export const MOST_BYTES = 2 * PIECE;

/**
 * Gathers bytes into pieces that are each sent, and sent again, from memory. What was gathered is given back
 * ({@link giveBack}): nobody else may need it.
 */
export async function* collectPieces(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer, undefined> {
  let gathered: Buffer[] = [];
  let size = 0;
  let number = 1;
  for await (const part of content) {
    gathered.push(part);
    size += part.length;
    const wanted = number > SMALL_PIECES ? LARGE_PIECE : PIECE;
    if (size < wanted) continue;
    yield joined(gathered, size);
    number += 1;
    gathered = [];
    size = 0;
  }
  if (size > 0) yield joined(gathered, size);
  return undefined;
}

function joined(gathered: readonly Buffer[], size: number): Buffer {
  const piece = Buffer.concat(gathered, size);
  giveBack(gathered);
  return piece;
}

/**
 * Sends pieces, some at once while the next is gathered. When this ends none is on its way any more.
 *
 * @param send begun in their order; the first has the number 1
 * @returns what came of each
 */
export async function sendPieces<Sent>(
  pieces: AsyncIterable<Buffer>,
  send: (piece: Buffer, number: number) => Promise<Sent>,
): Promise<Sent[]> {
  const sent: Promise<Sent>[] = [];
  const going: { readonly size: number; readonly done: Promise<Sent> }[] = [];
  let bytes = 0;
  try {
    for await (const piece of pieces) {
      const { length: size } = piece;
      for (let oldest = going[0]; oldest !== undefined && bytes + size > MOST_BYTES; oldest = going[0]) {
        await oldest.done;
        going.shift();
        bytes -= oldest.size;
      }
      if (sent.length === MOST_PIECES) throw new TriplineError('too_large', 'send a file of this size in parts');
      const done = watched(send(piece, sent.length + 1));
      sent.push(done);
      going.push({ size, done });
      bytes += size;
    }
    return await Promise.all(sent);
  } finally {
    await Promise.allSettled(sent);
  }
}

/** What is read at once, and as many times at most. */
const READ = 4 * MEBIBYTE;
const READS = 3;

/**
 * Reads bytes from the first to the last in pieces: some are on their way while one is worked on. However many there
 * are, they pass through the same memory.
 *
 * @param read fills memory with the bytes of a range
 * @param work on a piece; gives its memory back
 */
export async function eachPiece(
  size: number,
  read: (range: ByteRange, into: Uint8Array) => Promise<Uint8Array>,
  work: (piece: Uint8Array) => Promise<Uint8Array>,
): Promise<void> {
  const coming: Promise<Uint8Array>[] = [];
  let free: Uint8Array | undefined;
  for (let start = 0; start < size || coming.length > 0; ) {
    for (; start < size && coming.length < READS; start += READ) {
      const length = Math.min(READ, size - start);
      const into = free?.length === length ? free : new Uint8Array(length);
      free = undefined;
      coming.push(watched(read({ start, end: start + length - 1 }, into)));
    }
    const next = coming.shift();
    if (next !== undefined) free = await work(await next);
  }
}
