import { once } from 'node:events';
import { type Agent, type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface Sent {
  readonly bytes: Buffer | Iterable<Buffer>;
  readonly size: number;
  /** An object store wants to be told. */
  readonly md5: Buffer;
}

/** Puts bytes at an address. @returns seconds @throws Error when it is not answered 200 */
export async function put(url: string, sent: Sent, agent?: Agent): Promise<number> {
  const headers = { 'content-length': sent.size, 'content-md5': sent.md5.toString('base64') };
  return timed(async () => {
    const going = request(url, { method: 'PUT', headers, ...(agent === undefined ? {} : { agent }) });
    const answered = once(going, 'response') as Promise<[IncomingMessage]>;
    if (Buffer.isBuffer(sent.bytes)) going.end(sent.bytes);
    else await pipeline(Readable.from(sent.bytes), going);
    await readWhole(answered, [200]);
  });
}

/** Gets what an address leads to. @returns seconds @throws Error when it is not answered 200 in the end */
export async function get(url: string, agent?: Agent): Promise<number> {
  return timed(async () => {
    for (let next: string | undefined = url; next !== undefined; ) {
      const going = request(next, agent === undefined ? {} : { agent });
      going.end();
      const { headers } = await readWhole(once(going, 'response') as Promise<[IncomingMessage]>, [200, 307]);
      next = headers.location;
    }
  });
}

async function readWhole(answered: Promise<[IncomingMessage]>, expected: readonly number[]): Promise<IncomingMessage> {
  const [answer] = await answered;
  for await (const _ of answer);
  if (!expected.includes(answer.statusCode ?? 0)) throw new Error(`a request was answered ${answer.statusCode}`);
  return answer;
}

/** @returns seconds */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
