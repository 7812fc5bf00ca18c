const MEBIBYTE = 1024 ** 2;
/** S3 takes no smaller one but the last. */
const PIECE = 8 * MEBIBYTE;
/** A store takes 10,000 pieces of one object: behind so many they grow. */
const SMALL_PIECES = 1_000;
const LARGE_PIECE = 64 * MEBIBYTE;
export const MOST_PIECES = 10_000;

/** Gathers bytes into pieces that are each sent, and sent again, from memory: one of them at a time. */
export async function* collectPieces(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer, undefined> {
  let gathered: Buffer[] = [];
  let size = 0;
  let number = 1;
  for await (const part of content) {
    gathered.push(part);
    size += part.length;
    const wanted = number > SMALL_PIECES ? LARGE_PIECE : PIECE;
    if (size < wanted) continue;
    yield Buffer.concat(gathered, size);
    number += 1;
    gathered = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(gathered, size);
  return undefined;
}
