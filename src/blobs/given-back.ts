import { Readable } from 'node:stream';
import { giveBack } from './give-back.ts';

/** More than a socket takes without making whoever pipes into it wait until all is on its way. */
const AWAITED = 64 * 1024;

/**
 * The same bytes, to be piped to a socket: each piece is freed once the socket no longer needs it, where the collector
 * would let tens of megabytes of them pile up. When a piece is asked for, the one before may still be on its way, but
 * the one before that is not: behind a large one a pipe waits until the socket has drained.
 */
export function givenBack(content: AsyncIterable<Buffer>): Readable {
  return Readable.from(passing(content), { highWaterMark: 1 });
}

async function* passing(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let before: Buffer | undefined;
  let last: Buffer | undefined;
  for await (const piece of content) {
    yield piece;
    if (before !== undefined && before.length >= AWAITED) giveBack([before]);
    [before, last] = [last, piece];
  }
}
