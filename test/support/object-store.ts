import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ensureObjectStore } from '../../scripts/python.mjs';
import { onEnd } from './clean-up.ts';
import { freePort } from './free-port.ts';
import { until } from './wait.ts';

/** A server that speaks S3, with one bucket; what it keeps is gone with the test. */
export interface ObjectStore {
  readonly url: string;
  readonly bucket: string;
  /** Settings of a Tripline that keeps its files there. */
  readonly env: Readonly<Record<string, string>>;
  /** The keys of all objects, in order. */
  keys(): Promise<string[]>;
  /** The keys for which uploads in parts were begun and not ended. */
  unfinished(): Promise<string[]>;
  /** The bytes of an object; `undefined` when there is none. */
  read(key: string): Promise<Buffer | undefined>;
}

export const BUCKET = 'tripline-test';

/** @param smallestPart of an object, the last one excepted; 5 MiB, as Amazon has it, unless a test says otherwise */
export async function startObjectStore(smallestPart?: number): Promise<ObjectStore> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(ensureObjectStore(), ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {
    env: { ...process.env, ...(smallestPart === undefined ? {} : partsFrom(smallestPart)) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (data: Buffer) => {
    said = (said + data.toString()).slice(-4_000);
  });
  onEnd(async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'close');
  });
  const isReady = async () => {
    if (child.exitCode !== null) throw new Error(`the object store ended with ${child.exitCode}:\n${said}`);
    return (await fetch(`${url}/${BUCKET}`, { method: 'PUT' }).catch(() => undefined))?.ok === true;
  };
  await until('the object store to be ready', isReady);
  return {
    url,
    bucket: BUCKET,
    env: {
      TRIPLINE_S3_BUCKET: BUCKET,
      TRIPLINE_S3_ENDPOINT: url,
      TRIPLINE_S3_PATH_STYLE: 'true',
      TRIPLINE_S3_ACCESS_KEY_ID: 'tester',
      TRIPLINE_S3_SECRET_ACCESS_KEY: 'secret-of-the-tester',
    },
    keys: () => everyKey(`${url}/${BUCKET}?list-type=2`),
    unfinished: () => listed(`${url}/${BUCKET}?uploads`, 'Key'),
    read: async (key) => {
      // it looks only whether there is a signature
      const answer = await fetch(`${url}/${BUCKET}/${key}?Signature=any`);
      return answer.ok ? Buffer.from(await answer.arrayBuffer()) : undefined;
    },
  };
}

/** What the store keeps in memory must be smaller than a part. */
function partsFrom(smallest: number): Record<string, string> {
  return { S3_UPLOAD_PART_MIN_SIZE: String(smallest), MOTO_S3_DEFAULT_KEY_BUFFER_SIZE: String(smallest - 1) };
}

/** Page by page. */
async function everyKey(address: string): Promise<string[]> {
  const keys: string[] = [];
  for (let after = ''; ; ) {
    const page = await listed(`${address}&start-after=${encodeURIComponent(after)}`, 'Key');
    keys.push(...page);
    after = page.at(-1) ?? '';
    if (page.length === 0) return keys;
  }
}

async function listed(address: string, element: string): Promise<string[]> {
  const xml = await (await fetch(address)).text();
  return [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map(([, text = '']) => text).sort();
}
