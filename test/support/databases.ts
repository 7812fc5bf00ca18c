import { existsSync } from 'node:fs';
import { describe } from 'node:test';
import pg from 'pg';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { onEnd } from './clean-up.ts';
import { type Instance, startEmbedded, startInstalled, startServerOverTcp } from './postgres.ts';
import { until } from './wait.ts';

const DEBIAN_15 = '/usr/lib/postgresql/15/bin';

const STARTS = {
  embedded: startEmbedded,
  server: startServerOverTcp,
  'debian-15': () => startInstalled(DEBIAN_15),
} as const;

export type DatabaseName = keyof typeof STARTS;

/** Those of this machine; TRIPLINE_TEST_DATABASES (names, with commas) narrows them. */
export const DATABASES: readonly DatabaseName[] = available();

/** Runs the tests that `body` declares once for each database, whose name leads the tests' names. */
export function forEachDatabase(body: (name: DatabaseName) => void): void {
  for (const name of DATABASES) describe(name, () => body(name));
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

const TEMPLATE = 'migrated';
const instances = new Map<DatabaseName, Promise<Instance>>();
let created = 0;

/** One instance in each test process, started when first asked for. */
function instanceOf(name: DatabaseName): Promise<Instance> {
  const running = instances.get(name) ?? startWithTemplate(name);
  instances.set(name, running);
  return running;
}

async function startWithTemplate(name: DatabaseName): Promise<Instance> {
  const instance = await STARTS[name]();
  onEnd(() => instance.stop());
  await until(`the ${name} database to answer`, () =>
    administer(instance, 'select 1').then(
      () => true,
      () => false,
    ),
  );
  await administer(instance, `create database ${TEMPLATE}`);
  const template = open(instance.url(TEMPLATE));
  await migrate(template);
  await template.close();
  return instance;
}

async function administer(instance: Instance, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: instance.url('postgres') });
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

function available(): DatabaseName[] {
  const wanted = process.env.TRIPLINE_TEST_DATABASES?.split(',') ?? Object.keys(STARTS);
  const present: DatabaseName[] = existsSync(DEBIAN_15) ? ['embedded', 'server', 'debian-15'] : ['embedded', 'server'];
  return present.filter((name) => wanted.includes(name));
}
