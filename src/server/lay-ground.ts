import type { PoolConfig } from 'pg';
import type { Logger } from 'pino';
import { LargeIds } from '../model/large-id.ts';
import { startDatabaseClock } from '../store/database-clock.ts';
import type { Ground } from '../store/ground.ts';
import { leaseNodeNumber } from '../store/nodes.ts';
import { ensurePartitions } from '../store/partitions.ts';
import { startDatabaseServer } from './connect.ts';
import type { Life } from './life.ts';
import { openMigrated } from './open-database.ts';
import { repeat } from './repeat.ts';
import type { Settings } from './settings/schema.ts';

const PARTITIONS_EVERY_MS = 60_000;

export interface LaidGround {
  readonly ground: Ground;
  readonly connection: PoolConfig;
  /** Where the data lies, for people; without any password. */
  readonly place: string;
  /** Number of this process. */
  readonly node: number;
}

/** What every deed stands on: the database with its tables and partitions, its clock, and a node number. */
export async function layGround(
  settings: Settings,
  life: Life,
  logger: Logger,
  fail: (reason: string) => void,
): Promise<LaidGround> {
  const server = await startDatabaseServer(settings);
  let stopping = false;
  life.add(() => {
    stopping = true;
    return server.stop();
  });
  server.ended.then(() => {
    if (!stopping) fail('the embedded database has ended; its postgres.log in the data folder says why');
  });
  const database = await openMigrated(server, ({ message }) =>
    // the driver hangs its whole client on the error: only the words are for the log
    logger.warn({ reason: message }, 'a database connection broke'),
  );
  life.add(() => database.close());
  const clock = await startDatabaseClock(database, settings.testClock);
  life.add(() => clock.stop());
  const node = await leaseNodeNumber({ database, clock }, (reason) => fail(`the node number was lost: ${reason}`));
  life.add(() => node.stop());
  await ensurePartitions(database, clock.now());
  const partitions = repeat(
    PARTITIONS_EVERY_MS,
    () => ensurePartitions(database, clock.now()),
    (error) => logger.error(error, 'partitions could not be made'),
  );
  life.add(() => partitions.stop());
  return {
    ground: { database, clock, ids: new LargeIds(node.number) },
    connection: server.connection,
    place: server.place,
    node: node.number,
  };
}
