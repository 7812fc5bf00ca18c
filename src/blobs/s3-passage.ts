import { Readable } from 'node:stream';
import type { StoredBlob } from './blob-store.ts';
import { placeOf, type S3Addresses } from './s3-addresses.ts';
import { openAgent } from './s3-client.ts';
import { faultOf, otherBytes } from './s3-faults.ts';
import { md5OfTag, type Target, writing } from './s3-target.ts';

/**
 * Passes bytes on to a bucket as they come: what they are is known before, and the store checks it. None are kept, so
 * that nothing is tried again here: who sends them does.
 */
export class S3Passage {
  readonly #addresses: S3Addresses;
  readonly #agent = openAgent();

  constructor(addresses: S3Addresses) {
    this.#addresses = addresses;
  }

  /**
   * Writes exactly these bytes, or nothing.
   *
   * @throws TriplineError invalid when they are others; whatever `content` throws; what the store answers
   */
  async pass(target: Target, content: AsyncIterable<Buffer>, { md5, size }: StoredBlob): Promise<void> {
    const address = await this.#addresses.sign(writing(target, md5));
    const passing = Readable.from(content);
    try {
      const { statusCode, headers, body } = await this.#agent.request({
        ...placeOf(address),
        method: 'PUT',
        headers: { 'content-md5': md5, 'content-length': String(size) },
        body: passing,
      });
      const answer = await body.text();
      if (statusCode !== 200) throw faultOf(statusCode, answer);
      const found = md5OfTag(textOf(headers.etag), textOf(headers['x-amz-server-side-encryption']));
      if (found !== undefined && found !== md5) throw otherBytes();
    } catch (error) {
      throw passing.errored ?? error;
    } finally {
      passing.destroy();
    }
  }
}

function textOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}
