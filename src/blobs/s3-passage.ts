import { asBuffer } from './as-buffer.ts';
import type { AnnouncedBytes, StoredBlob } from './blob-store.ts';
import { digestOf, hashPieces, type PieceHash } from './file-hashes.ts';
import { givenBack } from './given-back.ts';
import { placeOf, type S3Addresses } from './s3-addresses.ts';
import { openAgent } from './s3-client.ts';
import { faultOf, otherBytes } from './s3-faults.ts';
import { md5OfTag, type Target, writing } from './s3-target.ts';

/**
 * Passes bytes on to a bucket as they come: how many they are is known before. None are kept, so that nothing is tried
 * again here: who sends them does.
 */
export class S3Passage {
  readonly #addresses: S3Addresses;
  readonly #agent = openAgent();

  constructor(addresses: S3Addresses) {
    this.#addresses = addresses;
  }

  /**
   * Writes exactly these bytes, or nothing. Where their MD5 is announced the store checks it; else it is made as they
   * pass, and compared with what the store says of them.
   *
   * @throws TriplineError invalid when they are others; whatever `content` throws; what the store answers
   */
  async pass(target: Target, content: AsyncIterable<Buffer>, announced: AnnouncedBytes): Promise<StoredBlob> {
    const { size, md5 } = announced;
    if (md5 !== undefined) {
      expectMd5(await this.#send(target, content, announced), md5);
      return { size, md5 };
    }
    const hash = hashPieces();
    let found: string | undefined;
    const made = await digestOf(hash, async () => {
      found = await this.#send(target, hashed(content, hash), announced);
    });
    expectMd5(found, made);
    return { size, md5: made };
  }

  /** @returns the MD5 of what was written, base64, where the store tells it */
  async #send(
    target: Target,
    content: AsyncIterable<Buffer>,
    { size, md5 }: AnnouncedBytes,
  ): Promise<string | undefined> {
    const address = await this.#addresses.sign(writing(target, md5));
    const passing = givenBack(whole(content));
    try {
      const { statusCode, headers, body } = await this.#agent.request({
        ...placeOf(address),
        method: 'PUT',
        headers: { 'content-length': String(size), ...(md5 === undefined ? {} : { 'content-md5': md5 }) },
        body: passing,
      });
      const answer = await body.text();
      if (statusCode !== 200) throw faultOf(statusCode, answer);
      return md5OfTag(textOf(headers.etag), textOf(headers['x-amz-server-side-encryption']));
    } catch (error) {
      throw passing.errored ?? error;
    } finally {
      passing.destroy();
    }
  }
}

/** The same, but its last piece comes when all has ended well: of what proves to be another the store has only a part. */
async function* whole(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let last: Buffer | undefined;
  for await (const piece of content) {
    if (last !== undefined) yield last;
    last = piece;
  }
  if (last !== undefined) yield last;
}

async function* hashed(content: AsyncIterable<Buffer>, hash: PieceHash): AsyncGenerator<Buffer> {
  for await (const piece of content) yield asBuffer(await hash.add(piece));
}

function expectMd5(found: string | undefined, md5: string): void {
  if (found !== undefined && found !== md5) throw otherBytes();
}

function textOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}
