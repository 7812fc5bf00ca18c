import { createHash } from 'node:crypto';
import { invalid, TriplineError } from '../model/error.ts';
import type { StoredBlob, WantedPart } from './blob-store.ts';

/** The same bytes. @param limit most of them; more throw TriplineError too_large */
export async function* limited(content: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const part of content) {
    size += part.length;
    if (size > limit) throw new TriplineError('too_large', `a file may have at most ${limit} bytes`);
    yield part;
  }
}

/** Bytes that were taken in already, and what is behind them. */
export async function* chained(
  first: readonly Buffer[],
  rest: AsyncIterable<Buffer> | undefined,
): AsyncGenerator<Buffer> {
  yield* first;
  if (rest !== undefined) yield* rest;
}

/** Reads bytes to their end, keeping none. */
export async function measureAll(content: AsyncIterable<Buffer>): Promise<StoredBlob> {
  const md5 = createHash('md5');
  let size = 0;
  for await (const part of content) {
    size += part.length;
    md5.update(part);
  }
  return { size, md5: md5.digest('base64') };
}

/** The same of bytes that are there. */
export function measurePieces(pieces: readonly Buffer[]): StoredBlob {
  const md5 = createHash('md5');
  for (const piece of pieces) md5.update(piece);
  return { size: sizeOf(pieces), md5: md5.digest('base64') };
}

export function sizeOf(pieces: readonly Buffer[]): number {
  return pieces.reduce((size, { length }) => size + length, 0);
}

/** @throws TriplineError invalid when a part is not what was announced */
export function expectPart({ number, md5, size }: WantedPart, found: StoredBlob): void {
  if (found.md5 !== md5) throw invalid(`part ${number} has the MD5 ${found.md5}, not ${md5}: send it again`);
  if (found.size !== size) throw invalid(`part ${number} has ${found.size} bytes, not ${size}: send it again`);
}
