import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onEnd } from '../test/support/clean-up.ts';

/** Starts one of the bare servers beside this file in a process of its own. @returns its port */
export async function startBare(file: 'bare-http.mjs' | 'bare-files.mjs' | 'bare-store.mjs'): Promise<number> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)));
  onEnd(() => void child.kill());
  const [port] = (await once(child, 'message')) as [number];
  return port;
}

/** The least that a Node server can do with files. @returns its address, ending with a slash */
export async function startBareFiles(): Promise<string> {
  return `http://127.0.0.1:${await startBare('bare-files.mjs')}/`;
}

/** The least that an object store can be. @returns its address, and the settings of a Tripline that keeps files there */
export async function startBareStore(): Promise<{ url: string; env: Readonly<Record<string, string>> }> {
  const url = `http://127.0.0.1:${await startBare('bare-store.mjs')}`;
  const env = {
    TRIPLINE_S3_BUCKET: 'bench',
    TRIPLINE_S3_ENDPOINT: url,
    TRIPLINE_S3_PATH_STYLE: 'true',
    TRIPLINE_S3_ACCESS_KEY_ID: 'bench',
    TRIPLINE_S3_SECRET_ACCESS_KEY: 'secret-of-the-bench',
  };
  return { url, env };
}
