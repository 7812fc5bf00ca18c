import { setTimeout as delay } from 'node:timers/promises';
import { answers, type EmbeddedConnection, socketConnection } from './connection.ts';
import { clusterFolder } from './data-folder.ts';
import { folderInUse } from './failure.ts';
import { listens, readPidFile, removeLocksOfStranger } from './pid-file.ts';

/** A server whose Tripline was just killed is about to stop: that long we wait before we call it another's. */
const GRACE_MS = 500;
const LONGEST_STOP_MS = 30_000;
const POLL_MS = 20;

/**
 * How to reach the database that runs on a data folder; `undefined` when none does. One that is starting, or about to
 * stop because its Tripline has just ended, is waited for.
 */
export async function findRunningPostgres(dataFolder: string): Promise<EmbeddedConnection | undefined> {
  const cluster = clusterFolder(dataFolder);
  for (let waited = 0; ; waited += POLL_MS) {
    const file = readPidFile(cluster);
    if (file === undefined || !(await listens(file))) return undefined;
    const connection = socketConnection(file.socketFolder, file.port);
    if (waited >= LONGEST_STOP_MS || (!file.stopping && (await answers(connection)))) return connection;
    await delay(POLL_MS);
  }
}

/** @throws TriplineError conflict when a database runs on the folder and is not about to stop */
export async function refuseSecondInstance(dataFolder: string): Promise<void> {
  const cluster = clusterFolder(dataFolder);
  for (let waited = 0; ; waited += POLL_MS) {
    const file = readPidFile(cluster);
    if (file === undefined) return;
    if (!(await listens(file))) return removeLocksOfStranger(cluster, file);
    if (waited >= (file.stopping ? LONGEST_STOP_MS : GRACE_MS)) throw folderInUse(dataFolder, file.pid);
    await delay(POLL_MS);
  }
}
