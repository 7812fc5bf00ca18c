import { chownSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { databaseAccount } from '../../src/server/embedded/account.ts';
import { spawnOnLifeline } from '../../src/server/embedded/lifeline.ts';
import { startEmbeddedPostgres } from '../../src/server/embedded/start.ts';
import { freePort } from './free-port.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A PostgreSQL that runs for the tests of one file. */
export interface Instance {
  /** Address of one of its databases, as a user would write it in DATABASE_URL. */
  url(database: string): string;
  stop(): Promise<void>;
}

/** The embedded database, reached as the product reaches it: through a socket in a closed folder. */
export async function startEmbedded(): Promise<Instance> {
  const { connection, stop } = await startEmbeddedPostgres({ dataFolder: temporaryFolder() });
  const { user, host, port } = connection;
  return { url: (name) => `postgresql://${user}@localhost/${name}?host=${host}&port=${port}`, stop };
}

/** The same binaries as a server that is reached over TCP with a password. */
export async function startServerOverTcp(): Promise<Instance> {
  const tcp = { port: await freePort(), password: 'only-for-tests' };
  const { connection, stop } = await startEmbeddedPostgres({ dataFolder: temporaryFolder(), tcp });
  return { url: (name) => `postgresql://${connection.user}:${tcp.password}@127.0.0.1:${tcp.port}/${name}`, stop };
}

/** A PostgreSQL that is installed on this machine. */
export async function startInstalled(programs: string): Promise<Instance> {
  const folder = temporaryFolder();
  const data = join(folder, 'data');
  const account = databaseAccount(data);
  mkdirSync(data, { mode: 0o700 });
  if (account !== undefined) chownSync(data, account.uid, account.gid);
  const lifelineTo = (command: readonly string[]) =>
    spawnOnLifeline(command, { account, log: openSync(join(folder, 'log'), 'a') });
  const made = lifelineTo([
    join(programs, 'initdb'),
    '-D',
    data,
    '-U',
    'tripline',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--no-sync',
  ]);
  if ((await made.ended) !== 0) throw new Error(`initdb of ${programs} failed`);
  const port = await freePort();
  const running = lifelineTo([join(programs, 'postgres'), '-D', data, ...flags(port, data)]);
  const stop = async () => {
    running.release();
    await running.ended;
  };
  return { url: (name) => `postgresql://tripline@127.0.0.1:${port}/${name}`, stop };
}

function flags(port: number, data: string): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: data,
    fsync: 'off',
    max_connections: 60,
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
