import { Agent, type Dispatcher, request } from 'undici';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface Call {
  readonly method?: Dispatcher.HttpMethod;
  /** Sent as HTTP Basic, as the client does. */
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes as they are, or a value sent as JSON. */
  readonly body?: unknown;
  /** Cuts the connection. */
  readonly signal?: AbortSignal;
}

/** Connections to one server process; those of a process that was killed are never used again. */
export interface Connections {
  call(path: string, call?: Call): Promise<Answer>;
  close(): Promise<void>;
}

export function connectTo(base: string): Connections {
  const agent = new Agent({ connections: 32 });
  return {
    call: async (path, { method = 'GET', key, headers = {}, body, signal } = {}) => {
      const answer = await request(base + path, {
        dispatcher: agent,
        method,
        headers: {
          ...authorization(key),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        body: bytes(body),
        ...(signal === undefined ? {} : { signal }),
      });
      return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
    },
    close: () => agent.destroy(),
  };
}

function authorization(key: string | undefined): Record<string, string> {
  return key === undefined ? {} : { authorization: `Basic ${Buffer.from(`api:${key}`).toString('base64')}` };
}

function bytes(body: unknown): string | Buffer | null {
  if (body === undefined) return null;
  return typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
}
