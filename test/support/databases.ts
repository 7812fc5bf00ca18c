import { join } from 'node:path';
import { describe } from 'node:test';
import pg from 'pg';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { onEnd } from './clean-up.ts';
import { copyPreparedData } from './prepared-data.ts';
import { type Instance, isPresent, type Release, startCluster } from './release.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** How each is run; the oldest release last. */
const WAYS = {
  embedded: { release: 'embedded', over: 'socket' },
  server: { release: 'embedded', over: 'tcp' },
  'debian-15': { release: 'debian-15', over: 'tcp' },
} as const satisfies Record<string, { release: Release; over: 'socket' | 'tcp' }>;

export type DatabaseName = keyof typeof WAYS;

/** Those of this machine; TRIPLINE_TEST_DATABASES (names, with commas) narrows them. */
export const DATABASES: readonly [DatabaseName, ...DatabaseName[]] = available();

/** Of the oldest release: what asks a database directly is tested on it, for what it takes the others take too. */
export const OLDEST: DatabaseName = DATABASES.at(-1) ?? DATABASES[0];

/**
 * Runs the tests that `body` declares on the first database and on the last, whose names lead the tests' names: the
 * newest release in a process of its own and over its socket, the oldest over TCP. What lies between differs from one
 * of them by the way alone, and is run when TRIPLINE_TEST_DATABASES names it.
 */
export function forEachDatabase(body: (name: DatabaseName) => void): void {
  const names = process.env.TRIPLINE_TEST_DATABASES === undefined ? new Set([DATABASES[0], OLDEST]) : DATABASES;
  for (const name of names) describe(name, () => body(name));
}

/** The same for what has several nodes, which the embedded database does not. */
export function forEachSharedDatabase(body: (name: DatabaseName) => void): void {
  const shared = DATABASES.filter((name) => name !== 'embedded');
  const names = process.env.TRIPLINE_TEST_DATABASES === undefined ? shared.slice(-1) : shared;
  for (const name of names) describe(name, () => body(name));
}

/**
 * Runs the tests that `body` declares on one database, for what does not depend on which one it is (CONTRIBUTING,
 * "Tests"): on the one that is wanted, or on the first that TRIPLINE_TEST_DATABASES leaves.
 */
export function onOneDatabase(wanted: DatabaseName | 'oldest', body: (name: DatabaseName) => void): void {
  const name = wanted === 'oldest' ? OLDEST : (DATABASES.find((each) => each === wanted) ?? DATABASES[0]);
  describe(name, () => body(name));
}

/** Runs `work` on a fresh database with the tables in place; it is dropped afterwards, whatever happened. */
export async function withDatabase(
  name: DatabaseName,
  work: (database: Database, url: string) => Promise<void>,
): Promise<void> {
  const { url, drop } = await freshDatabase(name);
  const database = open(url);
  try {
    await work(database, url);
  } finally {
    await database.close();
    await drop();
  }
}

/** A database that nobody else uses. */
export interface FreshDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A fresh database with the tables in place, for a process that opens it by itself. */
export async function freshDatabase(name: DatabaseName): Promise<FreshDatabase> {
  const instance = await instanceOf(name);
  created += 1;
  const database = `test_${created}`;
  await administer(instance, `create database ${database} template ${TEMPLATE}`);
  return {
    url: instance.url(database),
    drop: () => administer(instance, `drop database ${database} with (force)`),
  };
}

/** Of the prepared folder; nobody connects to it, so that it can be copied. */
const TEMPLATE = 'postgres';
let flushed = false;
const instances = new Map<DatabaseName, Promise<Instance>>();
let created = 0;

/** From now on what is started flushes to disk, as users' databases do: what measures asks for it. */
export function flushToDisk(): void {
  flushed = true;
}

/** One instance in each test process, started when first asked for. */
function instanceOf(name: DatabaseName): Promise<Instance> {
  const running = instances.get(name) ?? start(name);
  instances.set(name, running);
  return running;
}

async function start(name: DatabaseName): Promise<Instance> {
  const { release, over } = WAYS[name];
  const cluster = join(temporaryFolder(), 'postgres');
  await copyPreparedData(release, cluster);
  const instance = await startCluster(release, cluster, { over, flushed });
  onEnd(() => instance.stop());
  return instance;
}

async function administer(instance: Instance, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: instance.url('template1') });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function open(url: string): Database {
  return openDatabase({ connection: { connectionString: url }, onConnectionError: () => {} });
}

function available(): [DatabaseName, ...DatabaseName[]] {
  const present = (Object.keys(WAYS) as DatabaseName[]).filter((name) => isPresent(WAYS[name].release));
  const wanted = process.env.TRIPLINE_TEST_DATABASES?.split(',') ?? present;
  const [first, ...others] = present.filter((name) => wanted.includes(name));
  if (first === undefined) throw new Error(`TRIPLINE_TEST_DATABASES: this machine has ${present.join(', ')}`);
  return [first, ...others];
}
