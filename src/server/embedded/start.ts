import { closeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { databaseAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { type EmbeddedConnection, socketConnection, tcpConnection } from './connection.ts';
import { clusterFolder, prepareDataFolder, refuseOtherMajor } from './data-folder.ts';
import { folderInUse, metRemains } from './failure.ts';
import { initialise } from './initialise.ts';
import { launch } from './launch.ts';
import type { Lifeline } from './lifeline.ts';
import { openLog } from './log.ts';
import { readPidFile } from './pid-file.ts';
import { refuseUnsupportedPlatform } from './platform.ts';
import { refuseSecondInstance } from './running.ts';
import { makeSocketFolder } from './socket-folder.ts';

export interface EmbeddedOptions {
  /** The database lies in its folder `postgres`. */
  readonly dataFolder: string;
  /** Listens on the loopback address too; the password holds from the first start of a data folder on. */
  readonly tcp?: { readonly port: number; readonly password: string };
}

export interface EmbeddedPostgres {
  readonly connection: EmbeddedConnection;
  /** Settles when the database has ended, by `stop` or by itself. */
  readonly ended: Promise<void>;
  /** Ends open connections and stops the database cleanly. */
  stop(): Promise<void>;
}

const DEFAULT_PORT = 5432;
const REMAINS_END_MS = 10_000;
const REMAINS_POLL_MS = 100;

/**
 * Starts PostgreSQL on a data folder, which is made on the first start (stack, section 1). It dies with this
 * process, whatever that dies of.
 *
 * @throws TriplineError conflict when the folder is in use or of another major version; invalid when it cannot be
 *   used; unavailable when PostgreSQL does not run here
 */
export async function startEmbeddedPostgres({ dataFolder, tcp }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  refuseUnsupportedPlatform();
  const account = databaseAccount(clusterFolder(dataFolder));
  const folder = prepareDataFolder(dataFolder, account);
  await refuseSecondInstance(folder);
  const binaries = await findBinaries(folder, account);
  const cluster = clusterFolder(folder);
  const port = tcp?.port ?? DEFAULT_PORT;
  const log = openLog(folder);
  try {
    await initialise({ cluster, binaries, account, log, password: tcp?.password });
    refuseOtherMajor(cluster, binaries.major);
    const start = () => {
      const sockets = makeSocketFolder(cluster, port, account);
      const program = binaries.postgres;
      return launch({ program, cluster, account, sockets, port, tcp: tcp !== undefined, log });
    };
    const launched = outliving(log.path, start);
    const { lifeline, sockets } = await launched.catch((error) =>
      refuseSecondInstance(folder).then(() => Promise.reject(error)),
    );
    await refuseForeign(lifeline, folder);
    return embedded(lifeline, tcp === undefined ? socketConnection(sockets.path, port) : tcpConnection(tcp));
  } finally {
    closeSync(log.handle);
  }
}

/** Starts again while processes of a server that was killed a moment ago have not all ended. */
async function outliving<T>(logPath: string, start: () => Promise<T>): Promise<T> {
  const end = performance.now() + REMAINS_END_MS;
  for (;;) {
    try {
      return await start();
    } catch (error) {
      if (!metRemains(logPath) || performance.now() > end) throw error;
      await delay(REMAINS_POLL_MS);
    }
  }
}

/** Of two starts at the same moment, the one that lost must not take the other's server for its own. */
async function refuseForeign(lifeline: Lifeline, dataFolder: string): Promise<void> {
  const running = readPidFile(clusterFolder(dataFolder));
  if (running?.pid === (await lifeline.pid)) return;
  lifeline.release();
  throw folderInUse(dataFolder, running?.pid ?? 0);
}

function embedded(lifeline: Lifeline, connection: EmbeddedConnection): EmbeddedPostgres {
  const ended = lifeline.ended.then(() => {});
  return {
    connection,
    ended,
    stop: () => {
      lifeline.release();
      return ended;
    },
  };
}
