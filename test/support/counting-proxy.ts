import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { onEnd } from './clean-up.ts';

/** Another address of a server, which keeps count of what is asked there. */
export interface CountingProxy {
  readonly url: string;
  /** Requests so far, by method. */
  readonly counts: ReadonlyMap<string, number>;
}

/** @param refusal of a request, as a status; it is then not passed on */
export async function countingProxy(
  target: string,
  refusal: (asked: IncomingMessage) => number | undefined = () => undefined,
): Promise<CountingProxy> {
  const counts = new Map<string, number>();
  const server = createServer((asked, answer) => {
    counts.set(asked.method ?? '', (counts.get(asked.method ?? '') ?? 0) + 1);
    const refused = refusal(asked);
    if (refused !== undefined) {
      asked.resume();
      answer.writeHead(refused).end();
      return;
    }
    const { host: _host, ...headers } = asked.headers;
    const passed = request(`${target}${asked.url}`, { method: asked.method ?? 'GET', headers }, (found) => {
      answer.writeHead(found.statusCode ?? 502, found.headers);
      pipeline(found, answer, () => {});
    });
    passed.on('error', () => answer.destroy());
    pipeline(asked, passed, () => {});
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, counts };
}
