import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { LargeIds } from '../src/model/large-id.ts';
import type { Database } from '../src/store/database.ts';
import { openDatabase } from '../src/store/database.ts';
import type { Ground } from '../src/store/ground.ts';
import { migrate } from '../src/store/migrate.ts';

const SERVER = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5499/postgres';

export interface FreshDatabase {
  readonly ground: Ground;
  /** One more node on the same database. */
  open(): Database;
  drop(): Promise<void>;
}

/** An empty, migrated database of its own. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const name = `tripline_directory_${randomBytes(6).toString('hex')}`;
  await onServer(`create database ${name}`);
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  const opened: Database[] = [];
  const open = (): Database => {
    const database = openDatabase({
      connection: { connectionString: url.href },
      connections: 4,
      onConnectionError: () => {},
    });
    opened.push(database);
    return database;
  };
  const database = open();
  await migrate(database);
  return {
    ground: { database, clock: { now: () => Date.now() }, ids: new LargeIds(0) },
    open,
    drop: async () => {
      await Promise.all(opened.map((each) => each.close()));
      await onServer(`drop database ${name} with (force)`);
    },
  };
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: SERVER });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
