import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onEnd } from '../test/support/clean-up.ts';

/** A bare server in a process of its own. */
interface BareServer {
  readonly port: number;
  /** What it keeps goes with it. */
  stop(): Promise<void>;
}

/** Starts one of the bare servers beside this file. */
export async function startBare(file: 'bare-http.mjs' | 'bare-files.mjs' | 'bare-store.mjs'): Promise<BareServer> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)));
  const [port] = (await once(child, 'message')) as [number];
  const stop = async () => {
    if (!child.connected) return;
    const ended = once(child, 'exit');
    child.disconnect();
    await ended;
  };
  onEnd(stop);
  return { port, stop };
}

/** The least that a Node server can do with files. @returns its address, ending with a slash */
export async function startBareFiles(): Promise<string> {
  const { port } = await startBare('bare-files.mjs');
  return `http://127.0.0.1:${port}/`;
}

interface BareStore extends Pick<BareServer, 'stop'> {
  readonly url: string;
  /** Settings of a Tripline that keeps files there. */
  readonly env: Readonly<Record<string, string>>;
}

/** The least that an object store can be. */
export async function startBareStore(): Promise<BareStore> {
  const { port, stop } = await startBare('bare-store.mjs');
  const url = `http://127.0.0.1:${port}`;
  const env = {
    TRIPLINE_S3_BUCKET: 'bench',
    TRIPLINE_S3_ENDPOINT: url,
    TRIPLINE_S3_PATH_STYLE: 'true',
    TRIPLINE_S3_ACCESS_KEY_ID: 'bench',
    TRIPLINE_S3_SECRET_ACCESS_KEY: 'secret-of-the-bench',
  };
  return { url, env, stop };
}
