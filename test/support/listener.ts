import { type IncomingMessage, request } from 'node:http';
import type { Server } from './server.ts';
import { until } from './wait.ts';

/** One message of a stream of events. */
export interface Told {
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it
  readonly data: any;
}

/** Somebody who listens to a server, as a page does. */
export interface Listener {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** Everything that was told until now. */
  readonly told: readonly Told[];
  /** Whether the server ended the stream. */
  readonly ended: boolean;
  /** Every change that was told until now. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it
  changes(): any[];
  /** Waits for a change of a kind that was not waited for before. */
  next(kind: string): Promise<{ readonly id: string; readonly part?: string; readonly automation?: string }>;
  /** Waits for a message. */
  hears(event: string): Promise<Told>;
  close(): void;
}

/** Listens to something, and waits until the server answers; a refusal is an answer too. */
export async function listen(
  server: Server,
  query: string,
  headers: Readonly<Record<string, string>>,
): Promise<Listener> {
  const asking = request(`${server.url}/api/v1/live?${query}`, {
    headers: { accept: 'text/event-stream', ...headers },
    agent: false,
  });
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    asking.once('response', resolve).once('error', reject).end();
  });
  const told: Told[] = [];
  let text = '';
  let ended = false;
  answer.setEncoding('utf8');
  answer.on('data', (part: string) => {
    const messages = (text + part).split('\n\n');
    text = messages.pop() ?? '';
    told.push(...messages.flatMap(parseMessage));
  });
  answer.once('end', () => {
    ended = true;
  });
  answer.on('error', () => {});
  const changes = () => told.flatMap(({ data }) => data.changes ?? []);
  let seen = 0;
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    told,
    get ended() {
      return ended;
    },
    changes,
    next: (kind) =>
      until(`a change of kind ${kind}; told were ${JSON.stringify(changes())}`, () => {
        const at = changes().findIndex((change, index) => index >= seen && change.kind === kind);
        if (at < 0) return undefined;
        seen = at + 1;
        return changes()[at];
      }),
    hears: (event) => until(`the message ${event}`, () => told.find((each) => each.event === event)),
    close: () => answer.destroy(),
  };
}

function parseMessage(text: string): Told[] {
  const lines = text.split('\n');
  const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  const event = field('event');
  return event === undefined ? [] : [{ event, data: JSON.parse(field('data') ?? '{}') }];
}

/** The header that shows a key. */
export function withKey(key: string): Record<string, string> {
  return { authorization: `Bearer ${key}` };
}
