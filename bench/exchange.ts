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

/** Gets what an address leads to. @returns seconds @throws Error when it is not answered 200 in the end */
export async function get(url: string, agent?: Agent): Promise<number> {
  return timed(async () => {
    for await (const _ of await answerTo(url, agent));
  });
}

/**
 * Begins to get what an address leads to.
 *
 * @returns what reads on by at least so many bytes, or to the end @throws Error as {@link get}
 */
export async function openDownload(url: string): Promise<(bytes: number) => Promise<void>> {
  const pieces: AsyncIterator<Buffer> = (await answerTo(url))[Symbol.asyncIterator]();
  let ahead = 0;
  return async (bytes) => {
    for (ahead -= bytes; ahead < 0; ) {
      const piece = await pieces.next();
      if (piece.done) return;
      ahead += piece.value.length;
    }
  };
}

/** Follows redirects. @throws Error when it is not 200 in the end */
async function answerTo(url: string, agent?: Agent): Promise<IncomingMessage> {
  const going = request(url, agent === undefined ? {} : { agent });
  going.end();
  const [answer] = (await once(going, 'response')) as [IncomingMessage];
  const { location } = answer.headers;
  if (answer.statusCode !== 307 || location === undefined) return expectDone(answer);
  for await (const _ of answer);
  return answerTo(location, agent);
}

function expectDone(answer: IncomingMessage): IncomingMessage {
  if (answer.statusCode !== 200) throw new Error(`a request was answered ${answer.statusCode}`);
  return answer;
}

/** @returns seconds */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
