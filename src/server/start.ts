import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { createAuthenticator } from '../directory/authenticate.ts';
import { ensureFirstAdmin } from '../directory/ensure-first-admin.ts';
import { LargeIds } from '../model/large-id.ts';
import { startDatabaseClock } from '../store/database-clock.ts';
import type { Ground } from '../store/ground.ts';
import { leaseNodeNumber } from '../store/nodes.ts';
import { createMetrics } from '../wire/metrics/metrics.ts';
import { mountRest } from '../wire/rest/index.ts';
import { createViewerOf } from '../wire/viewer-of.ts';
import { startDatabaseServer } from './connect.ts';
import { buildHttpServer } from './http-server.ts';
import { createLife, type Life } from './life.ts';
import { listen } from './listen.ts';
import { createLogger } from './logger.ts';
import { openMigrated } from './open-database.ts';
import { databaseReadiness } from './readiness.ts';
import type { Settings } from './settings/schema.ts';
import { settleMasterKey } from './settle-master-key.ts';

export interface RunningServer {
  /** Base URL under which this machine reaches the server. */
  readonly url: string;
  /** Where the data lies, for people. */
  readonly place: string;
  /** The first admin's API key: only at the very first start, and only when it was made here. */
  readonly firstAdminKey: string | undefined;
  /** Settles with the reason when the server cannot go on and must be stopped. */
  readonly failed: Promise<string>;
  /** Stops what was started, in reverse order. */
  stop(): Promise<void>;
}

/** Starts a server with everything it needs, in order. @throws TriplineError that says what keeps it from starting */
export async function startServer(settings: Settings): Promise<RunningServer> {
  const logger = createLogger(settings.logLevel, process.stderr);
  const life = createLife((error) => logger.error(error, 'stopping failed'));
  try {
    return await start(settings, life, logger);
  } catch (error) {
    await life.stop();
    throw error;
  }
}

async function start(settings: Settings, life: Life, logger: FastifyBaseLogger): Promise<RunningServer> {
  let fail = (_reason: string): void => {};
  const failed = new Promise<string>((resolve) => {
    // what ends because we stop it has not failed
    fail = (reason) => (life.stopping ? undefined : resolve(reason));
  });
  const { ground, place } = await layGround(settings, life, logger, fail);
  await settleMasterKey(ground.database, settings);
  const { apiKey } = await ensureFirstAdmin(ground, settings);
  const app = await buildHttp(settings, ground, logger);
  life.add(() => app.close());
  const url = await listen(app, settings);
  return { url, place, firstAdminKey: apiKey, failed, stop: () => life.stop() };
}

function buildHttp(settings: Settings, ground: Ground, logger: FastifyBaseLogger): Promise<FastifyInstance> {
  const viewerOf = createViewerOf(createAuthenticator(ground.database));
  return buildHttpServer({
    logger,
    trustedProxies: settings.trustedProxies,
    metrics: createMetrics(),
    checkReadiness: databaseReadiness(ground.database),
    mounts: [(scope) => mountRest(scope, { services: { ground }, viewerOf })],
  });
}

/** The database, its clock, and a node number: what every deed stands on. */
async function layGround(
  settings: Settings,
  life: Life,
  logger: FastifyBaseLogger,
  fail: (reason: string) => void,
): Promise<{ ground: Ground; place: string }> {
  const server = await startDatabaseServer(settings);
  life.add(() => server.stop());
  server.ended.then(() => fail('the embedded database has ended; its postgres.log in the data folder says why'));
  const database = await openMigrated(server, (error) => logger.warn(error, 'a database connection broke'));
  life.add(() => database.close());
  const clock = await startDatabaseClock(database, settings.testClock);
  life.add(() => clock.stop());
  const node = await leaseNodeNumber({ database, clock }, (reason) => fail(`the node number was lost: ${reason}`));
  life.add(() => node.stop());
  return { ground: { database, clock, ids: new LargeIds(node.number) }, place: server.place };
}
