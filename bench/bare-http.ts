import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onEnd } from '../test/support/clean-up.ts';

/** Starts a bare Node server in a process of its own that reads a request and answers `{}`. @returns its port */
export async function startBareHttp(): Promise<number> {
  const child = fork(fileURLToPath(new URL('bare-http.mjs', import.meta.url)));
  onEnd(() => void child.kill());
  const [port] = (await once(child, 'message')) as [number];
  return port;
}
