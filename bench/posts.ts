import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Agent, request } from 'undici';

/** Where the benchmark's webhooks go: a bare Node server in a process of its own. */
export interface Target {
  readonly url: string;
  /** One POST of the body, as undici does it with nothing around it; its answer is read to the end. */
  post(body: string): Promise<void>;
  close(): Promise<void>;
}

/** @param connections how many the bare client may open */
export async function startTarget(connections: number): Promise<Target> {
  const echo = fork(fileURLToPath(new URL('bare-http.mjs', import.meta.url)));
  const [port] = await once(echo, 'message');
  const url = `http://127.0.0.1:${port}/hook`;
  const dispatcher = new Agent({ connections });
  const headers = { 'content-type': 'application/json' };
  return {
    url,
    post: async (body) => {
      const answer = await request(url, { method: 'POST', headers, body, dispatcher });
      await answer.body.text();
    },
    close: async () => {
      await dispatcher.close();
      echo.kill();
      await once(echo, 'exit');
    },
  };
}
