import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'undici';

/** An upload was answered with another status than 200. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const SLICE = 32 * 1024;
const ANSWER_WITHIN_MS = 60_000;

/** Puts bytes, slice by slice, so that a kill can come in the middle. @param cut milliseconds until it is broken off */
export async function putBytes(url: string, bytes: Buffer, cut = ANSWER_WITHIN_MS): Promise<void> {
  const { statusCode, body } = await request(url, {
    method: 'PUT',
    headers: {
      'content-length': String(bytes.length),
      'content-md5': createHash('md5').update(bytes).digest('base64'),
    },
    body: Readable.from(slicesOf(bytes)),
    signal: AbortSignal.timeout(cut),
  });
  const text = await body.text();
  if (statusCode !== 200) throw new Refused(statusCode, text);
}

async function* slicesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += SLICE) {
    yield bytes.subarray(at, at + SLICE);
    if (at % (4 * SLICE) === 0) await delay(1);
  }
}

/** What the client repeats (wandb protocol, 0.5). */
export function isRepeated(status: number): boolean {
  return [408, 409, 429].includes(status) || (status >= 500 && status !== 501);
}
