import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Server } from './server.ts';

/** A way to a server on which certain requests wait. */
export interface Gate {
  /** For clients, in the place of the server's. */
  readonly url: string;
  /** When the first of them waits. */
  readonly reached: Promise<void>;
  /** Lets them through, those to come too. */
  open(): void;
  close(): Promise<void>;
}

/** Opens a way to a server; requests whose body has the text wait there until the gate is opened. */
export async function startGate({ url }: Pick<Server, 'url'>, held: string): Promise<Gate> {
  const target = new URL(url);
  let reach = () => {};
  let open = () => {};
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const pass = async (incoming: IncomingMessage, answer: ServerResponse) => {
    const body = await buffer(incoming);
    if (body.includes(held)) {
      reach();
      await opened;
    }
    const { method, headers, url: path } = incoming;
    const sent = request({ host: target.hostname, port: target.port, path, method, headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    });
    sent.on('error', (error) => answer.destroy(error));
    sent.end(body);
  };
  const listener = createServer(
    (incoming, answer) => void pass(incoming, answer).catch((error) => answer.destroy(error)),
  );
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    reached,
    open,
    close: async () => {
      listener.closeAllConnections();
      listener.close();
    },
  };
}
