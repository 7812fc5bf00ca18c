import type { Readable } from 'node:stream';

/**
 * Reads the first bytes of a body as UTF-8 and stops there: what a receiver sends beyond that is discarded with
 * its connection.
 */
export async function readBounded(body: Readable, limit: number): Promise<{ body: string; truncated: boolean }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit) break;
  }
  const kept = Buffer.concat(chunks).subarray(0, limit);
  // a character that the cut divides is left out
  const text = new TextDecoder('utf-8').decode(kept, { stream: length > limit });
  return { body: text, truncated: length > limit };
}
