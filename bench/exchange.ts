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
    const [answer] = await answered;
    for await (const _ of expectDone(answer));
  });
}

interface Getting {
  readonly agent?: Agent;
  /** A `Range` header, for a part of it. */
  readonly range?: string;
}

/** Gets what an address leads to. @returns seconds @throws Error when it is not answered 200 or 206 in the end */
export async function get(url: string, getting: Getting = {}): Promise<number> {
  return timed(async () => {
    for await (const _ of await answerTo(url, getting));
  });
}

/** Follows redirects. */
async function answerTo(url: string, getting: Getting): Promise<IncomingMessage> {
  const { agent, range } = getting;
  const headers = range === undefined ? {} : { range };
  const going = request(url, agent === undefined ? { headers } : { headers, agent });
  going.end();
  const [answer] = (await once(going, 'response')) as [IncomingMessage];
  const { location } = answer.headers;
  if (answer.statusCode !== 307 || location === undefined) return expectDone(answer, range === undefined ? 200 : 206);
  for await (const _ of answer);
  return answerTo(location, getting);
}

function expectDone(answer: IncomingMessage, status = 200): IncomingMessage {
  if (answer.statusCode !== status) throw new Error(`a request was answered ${answer.statusCode}`);
  return answer;
}

/** @returns seconds */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
