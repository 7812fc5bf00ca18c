import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { until } from './wait.ts';

/** One request as it arrived. */
export interface Received {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** When its head was there, as `performance.now()` counts. */
  readonly at: number;
}

/** How to answer: a status, the parts of an answer, never, or by cutting the connection. */
export type Reply =
  | number
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }
  | 'hang'
  | 'cut';

/** One address of the receiver, with what arrived there. */
export interface Inbox {
  readonly url: string;
  readonly received: readonly Received[];
  /** Answers the next requests in this order; after them, and at first, 200. */
  reply(...replies: Reply[]): void;
  /** Holds back the answer to the next request, after those that were told, until the returned function gives it. */
  hold(): (reply: Reply) => void;
  /** Does something with each request before it is answered, where no reply was told. */
  react(to: (received: Received) => Reply | Promise<Reply>): void;
  /** The next request that no earlier call of `next` gave. */
  next(): Promise<Received>;
  /** Waits for the n-th request in all; @throws Error when more have come. */
  exactly(n: number): Promise<readonly Received[]>;
}

/** A real HTTP server on the loopback address. */
export interface Receiver {
  /** A new address. */
  inbox(): Inbox;
  close(): Promise<void>;
}

interface Mailbox {
  readonly received: Received[];
  readonly replies: (Reply | Promise<Reply>)[];
  react?: (received: Received) => Reply | Promise<Reply>;
}

/** @param decide how to answer each request, where no inbox was told; default 200 */
export async function startReceiver(
  decide: (received: Received) => Reply | Promise<Reply> = () => 200,
): Promise<Receiver> {
  const boxes = new Map<string, Mailbox>();
  const server = createServer((request, response) => {
    const box = boxes.get(request.url ?? '');
    if (box === undefined) response.writeHead(404).end();
    else void take(box, decide, request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP listener has a port');
  return {
    inbox: () => {
      const path = `/hook-${boxes.size + 1}`;
      const box: Mailbox = { received: [], replies: [] };
      boxes.set(path, box);
      return inboxOf(`http://127.0.0.1:${address.port}${path}`, box);
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function take(
  box: Mailbox,
  decide: (received: Received) => Reply | Promise<Reply>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const at = performance.now();
  // of a sender that was killed in the middle, nothing was received
  const body = await text(request).catch(() => undefined);
  if (body === undefined) return;
  const received = { method: request.method ?? '', headers: request.headers, body, at };
  box.received.push(received);
  const reply = await (box.replies.shift() ?? (box.react ?? decide)(received));
  if (reply === 'hang') return;
  if (reply === 'cut') return void response.destroy();
  const answer = typeof reply === 'number' ? { status: reply } : reply;
  response.writeHead(answer.status, answer.headers ?? {}).end(answer.body ?? '');
}

function inboxOf(url: string, box: Mailbox): Inbox {
  let read = 0;
  return {
    url,
    received: box.received,
    reply: (...replies) => void box.replies.push(...replies),
    hold: () => {
      let give: (reply: Reply) => void = () => {};
      box.replies.push(
        new Promise((resolve) => {
          give = resolve;
        }),
      );
      return give;
    },
    react: (to) => {
      box.react = to;
    },
    next: () => {
      const wanted = read++;
      return until(`request ${wanted + 1} at ${url}`, () => box.received[wanted]);
    },
    exactly: async (n) => {
      await until(`${n} requests at ${url}, of which ${box.received.length} came`, () => box.received.length >= n);
      if (box.received.length > n) throw new Error(`${box.received.length} requests at ${url}, of which ${n} were due`);
      return box.received;
    },
  };
}
