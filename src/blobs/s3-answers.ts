import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { placeOf } from './s3-addresses.ts';
import { CONNECT_WITHIN_MS, SILENCE_MS, SOCKETS } from './s3-client.ts';

/** Bytes of an answer that wait for its reader: with Node's own few, each piece from the network would make it pause. */
const WAITING = 256 * 1024;
const KEPT = { keepAlive: true, maxSockets: SOCKETS, highWaterMark: WAITING };

/**
 * Asks for objects by Node's own client. The quicker one, by which they are written, is not made for an answer that its
 * reader takes slowly: when the store closes the connection meanwhile, it loses the end, or ends the whole process
 * (undici, issue 5360, mended only in releases for Node 22).
 */
export class S3Answers {
  readonly #http = new http.Agent(KEPT);
  readonly #https = new https.Agent(KEPT);

  /** @returns the answer, to be read or destroyed; `undefined` when none came */
  get(address: string, headers: Readonly<Record<string, string>>): Promise<IncomingMessage | undefined> {
    const { origin, path } = placeOf(address);
    const asked = origin.startsWith('https:')
      ? https.get(origin, { agent: this.#https, path, headers, timeout: SILENCE_MS })
      : http.get(origin, { agent: this.#http, path, headers, timeout: SILENCE_MS });
    endUnlessConnected(asked);
    return new Promise((resolve) => {
      let answer: IncomingMessage | undefined;
      asked.once('response', (begun) => {
        answer = begun;
        resolve(begun);
      });
      // of an answer that has begun its reader is told
      asked.on('error', () => resolve(undefined));
      asked.on('timeout', () => {
        // it is not the store that is silent while the reader takes nothing
        if (answer !== undefined && answer.readableLength > 0) asked.socket?.setTimeout(SILENCE_MS);
        else asked.destroy();
      });
    });
  }
}

function endUnlessConnected(asked: ClientRequest): void {
  asked.once('socket', (socket) => {
    if (!socket.connecting) return;
    const late = setTimeout(() => asked.destroy(), CONNECT_WITHIN_MS);
    const clear = () => clearTimeout(late);
    socket.once('connect', clear);
    asked.once('close', clear);
  });
}
