import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder } from '../../src/server/embedded/make-folder.ts';
import { openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { makeCluster, type Release, startCluster, versionOf } from './release.ts';
import { temporaryFolder } from './temporary-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const KEPT = join(root, '.cache', 'postgres');
const MIGRATIONS = join(root, 'src/store/migrations');
const INITIALISE = join(root, 'src/server/embedded/initialise.ts');

/**
 * Puts a database folder there whose database `postgres` has the tables in place, as a first start leaves it. To make
 * one takes seconds: the first test to ask makes it, into `.cache/`, and all others copy that one.
 *
 * @param cluster path of the folder; must not exist yet
 */
export async function copyPreparedData(release: Release, cluster: string): Promise<void> {
  const kept = join(KEPT, nameOf(release));
  if (!existsSync(kept)) {
    const made = await makePreparedData(release);
    mkdirSync(KEPT, { recursive: true });
    await makeFolder(kept, (unfinished) => copy(`${made}/.`, unfinished));
    forgetOthers(release, kept);
  }
  mkdirSync(dirname(cluster), { recursive: true, mode: 0o711 });
  copy(kept, cluster);
}

async function makePreparedData(release: Release): Promise<string> {
  const cluster = join(temporaryFolder(), 'postgres');
  await makeCluster(release, cluster);
  const { url, stop } = await startCluster(release, cluster, { over: 'socket' });
  const database = openDatabase({ connection: { connectionString: url('postgres') }, onConnectionError: () => {} });
  try {
    await migrate(database);
  } finally {
    await database.close();
    await stop();
  }
  return cluster;
}

/** Those of migrations as they were before. */
function forgetOthers(release: Release, kept: string): void {
  const others = readdirSync(KEPT).filter((name) => name.startsWith(`${release}-`) && !name.includes('.new-'));
  for (const path of others.map((name) => join(KEPT, name))) {
    if (path !== kept) rmSync(path, { recursive: true, force: true });
  }
}

/** With owners and rights: for root, the database runs under another account. */
function copy(from: string, to: string): void {
  const { status, stderr } = spawnSync('cp', ['-a', from, to], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${from} could not be copied: ${stderr}`);
}

/** Another name as soon as what the folder is made of has changed. */
function nameOf(release: Release): string {
  const hash = createHash('sha256').update(`${versionOf(release)} as ${process.getuid?.()}`);
  const files = readdirSync(MIGRATIONS).map((name) => join(MIGRATIONS, name));
  for (const file of [INITIALISE, ...files.sort()]) hash.update(file).update(readFileSync(file));
  return `${release}-${hash.digest('hex').slice(0, 16)}`;
}
