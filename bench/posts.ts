import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Agent, request } from 'undici';

/** Where the benchmark's webhooks go: a bare Node server in a process of its own. */
export interface Target {
  readonly url: string;
  readonly pid: number;
  /** One POST of the body, as undici does it with nothing around it; its answer is read to the end. */
  post(body: string): Promise<void>;
  /** So many of the same, from a process of their own. */
  postAll(body: string, count: number): Promise<Posted>;
  close(): Promise<void>;
}

/** What posts took, in milliseconds: altogether, and of a processor. */
export interface Posted {
  readonly tookMs: number;
  readonly cpuMs: number;
}

/** @param concurrency posts at once, each over its own connection */
export async function startTarget(concurrency: number): Promise<Target> {
  const echo = fork(fileURLToPath(new URL('bare-http.mjs', import.meta.url)));
  const [port] = await once(echo, 'message');
  const client = fork(fileURLToPath(new URL('bare-client.mjs', import.meta.url)));
  const url = `http://127.0.0.1:${port}/hook`;
  const dispatcher = new Agent({ connections: concurrency });
  const headers = { 'content-type': 'application/json' };
  return {
    url,
    pid: echo.pid ?? 0,
    post: async (body) => {
      const answer = await request(url, { method: 'POST', headers, body, dispatcher });
      await answer.body.text();
    },
    postAll: async (body, count) => {
      client.send({ url, body, count, concurrency });
      const [posted] = (await once(client, 'message')) as [Posted];
      return posted;
    },
    close: async () => {
      await dispatcher.close();
      for (const child of [client, echo]) {
        child.kill();
        await once(child, 'exit');
      }
    },
  };
}
