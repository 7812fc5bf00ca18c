import { Readable } from 'node:stream';
import { Agent } from 'undici';
import type { StoredBlob } from './blob-store.ts';
import { placeOf, type S3Addresses } from './s3-addresses.ts';
import { CONNECT_WITHIN_MS, SILENCE_MS, SOCKETS } from './s3-client.ts';
import { faultOf, otherBytes } from './s3-faults.ts';
import { md5OfTag, type Target, writing } from './s3-target.ts';

/** As long as a request takes to arrive. */
const WITHIN_S = 15 * 60;

/**
 * Passes bytes on to a bucket as they come: what they are is known before, and the store checks it. None are kept, so
 * that nothing is tried again here: who sends them does.
 */
export class S3Passage {
  readonly #addresses: S3Addresses;
  readonly #agent = new Agent({
    connections: SOCKETS,
    connectTimeout: CONNECT_WITHIN_MS,
    headersTimeout: SILENCE_MS,
    bodyTimeout: SILENCE_MS,
  });

  constructor(addresses: S3Addresses) {
    this.#addresses = addresses;
  }

  /**
   * Writes exactly these bytes, or nothing.
   *
   * @throws TriplineError invalid when they are others; whatever `content` throws; what the store answers
   */
  async pass(target: Target, content: AsyncIterable<Buffer>, { md5, size }: StoredBlob): Promise<void> {
    const address = await this.#addresses.sign({ ...writing(target), md5, seconds: WITHIN_S });
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
