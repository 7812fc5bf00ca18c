import { LargeIds } from '../src/model/large-id.ts';
import type { Database } from '../src/store/database.ts';
import { openDatabase } from '../src/store/database.ts';
import type { Ground } from '../src/store/ground.ts';
import { ensurePartitions } from '../src/store/partitions.ts';
import { type DatabaseName, freshDatabase } from './support/databases.ts';

export interface FreshGround {
  readonly ground: Ground;
  /** One more node on the same database. */
  open(): Database;
  drop(): Promise<void>;
}

/** A ground on an empty, migrated database of its own. */
export async function freshGround(name: DatabaseName): Promise<FreshGround> {
  const { url, drop } = await freshDatabase(name);
  const opened: Database[] = [];
  const open = (): Database => {
    const connection = { connectionString: url };
    const database = openDatabase({ connection, connections: 4, onConnectionError: () => {} });
    opened.push(database);
    return database;
  };
  const ground = { database: open(), clock: { now: () => Date.now() }, ids: new LargeIds(0) };
  await ensurePartitions(ground.database, ground.clock.now());
  return {
    ground,
    open,
    drop: async () => {
      await Promise.all(opened.map((each) => each.close()));
      await drop();
    },
  };
}
