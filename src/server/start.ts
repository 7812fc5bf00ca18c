import type { Logger } from 'pino';
import { Backtests } from '../automations/backtests.ts';
import { clientsThatRefuse } from '../directory/api-key-text.ts';
import { ensureFirstAdmin } from '../directory/ensure-first-admin.ts';
import type { Ground } from '../store/ground.ts';
import type { RunKey } from '../store/run-heads.ts';
import type { TrackingRoom } from '../tracking/room.ts';
import { createMetrics } from '../wire/metrics/metrics.ts';
import type { ToldSetting } from '../wire/rest/server-schemas.ts';
import { factsOf } from './facts.ts';
import { closeHttpServer } from './http-server.ts';
import { layGround } from './lay-ground.ts';
import { createLife, type Life } from './life.ts';
import { listen } from './listen.ts';
import { createLogger } from './logger.ts';
import { countDelivery } from './metrics/count-delivery.ts';
import { countIngest } from './metrics/count-ingest.ts';
import { tellState } from './metrics/tell-state.ts';
import { openFiles } from './open-files.ts';
import { openLine } from './open-line.ts';
import { serveProtocols } from './serve-protocols.ts';
import type { Settings } from './settings/schema.ts';
import { settleMasterKey } from './settle-master-key.ts';
import { startAuditing } from './start-auditing.ts';
import { startCollecting } from './start-collecting.ts';
import { startColumns } from './start-columns.ts';
import { startDelivery } from './start-delivery.ts';
import { startLive } from './start-live.ts';
import { startRetention } from './start-retention.ts';
import { startTracking } from './start-tracking.ts';
import { wakeNodes } from './wake-nodes.ts';
import { warnOfLockedSecrets } from './warn-of-locked-secrets.ts';

export interface RunningServer {
  /** Base URL under which this machine reaches the server. */
  readonly url: string;
  /** Where the data lies, for people. */
  readonly place: string;
  /** The first admin's API key: only at the very first start, and only when it was made here. */
  readonly firstAdminKey: string | undefined;
  /** Why secrets stay locked, for people; `undefined` when they do not. */
  readonly fault: string | undefined;
  /** What every deed stands on, for commands that act beside the protocols. */
  readonly ground: Ground;
  /** Settles with the reason when the server cannot go on and must be stopped. */
  readonly failed: Promise<string>;
  /** Stops what was started, in reverse order. */
  stop(): Promise<void>;
}

/**
 * Starts a server with everything it needs, in order.
 *
 * @param told the settings as the operator may read them
 * @throws TriplineError that says what keeps it from starting
 */
export async function startServer(settings: Settings, told: readonly ToldSetting[]): Promise<RunningServer> {
  const logger = createLogger(settings.logLevel);
  const life = createLife((error) => logger.error(error, 'stopping failed'));
  try {
    return await start(settings, told, life, logger);
  } catch (error) {
    await life.stop();
    throw error;
  }
}

async function start(
  settings: Settings,
  told: readonly ToldSetting[],
  life: Life,
  logger: Logger,
): Promise<RunningServer> {
  let fail: (reason: string) => void = () => {};
  const failed = new Promise<string>((resolve) => {
    fail = resolve;
  });
  const laid = await layGround(settings, life, logger, fail);
  const { ground, connection, place } = laid;
  const settled = await settleMasterKey(ground.database, settings);
  const { masters, fault } = settled;
  await warnOfLockedSecrets(ground.database, settled, logger);
  warnOfAdminKey(settings, logger);
  const { apiKey } = await ensureFirstAdmin(ground, settings);
  startAuditing(ground, life, logger);
  let publicUrl = settings.publicUrl ?? '';
  const metrics = createMetrics();
  const ingest = countIngest(metrics);
  const pageOf = (kind: 'automations' | 'executions', id: string) => pageUrl(publicUrl, [kind, id]);
  const delivery = startDelivery(ground, settings, masters, life, logger, pageOf, countDelivery(metrics));
  const columns = startColumns(ground, connection, life, logger);
  const calls = openLine(settings, connection, life, logger);
  const hub = startLive(ground.database, settings, calls, life, logger);
  const ways = {
    ...pagesUnder(() => publicUrl),
    woken: wakeNodes(delivery.loop, calls?.line, life),
    columnsWanted: (run: RunKey) => columns.want(run),
  };
  const tracking = startTracking(ground, settings, life, logger, ways, ingest);
  tellState(metrics, {
    ground,
    loop: delivery.loop,
    intake: tracking.intake,
    columns,
    hub,
    space: settings.entitySpace,
  });
  const files = await openFiles(ground, settings, masters, logger);
  startCollecting(files.files, life, logger, metrics);
  await startRetention(ground, settings, life, logger);
  const backtests = new Backtests(ground, connection, (error) => logger.error(error, 'a backtest failed'));
  life.add(() => backtests.stop());
  const facts = { ...factsOf(settings, laid, fault), settings: told };
  const services = { masters, delivery: delivery.room, backtests, facts, hub };
  const app = await serveProtocols(settings, tracking, files, services, logger, { metrics, bodies: ingest.bodies });
  life.add(() => closeHttpServer(app));
  // first of all: their requests would never end
  life.add(() => hub.close());
  const url = await listen(app, settings);
  publicUrl ||= url;
  return { url, place, firstAdminKey: apiKey, fault, ground, failed, stop: () => life.stop() };
}

/** The addresses of pages, below a base that is known once the server listens. */
function pagesUnder(base: () => string): Pick<TrackingRoom, 'runUrl' | 'artifactUrl'> {
  return {
    runUrl: (entity, project, run) => pageUrl(base(), [entity, project, 'runs', run]),
    artifactUrl: (entity, project, type, collection, version) => {
      const path = [entity, project, 'artifacts', type, collection];
      return pageUrl(base(), version === null ? path : [...path, `v${version}`]);
    },
  };
}

function pageUrl(base: string, path: readonly string[]): string {
  return `${base}/${path.map(encodeURIComponent).join('/')}`;
}

/** A key that some client refuses looks like a fault of that client: said here, where it was chosen. */
function warnOfAdminKey({ adminApiKey }: Settings, logger: Logger): void {
  const doubt = adminApiKey === undefined ? undefined : clientsThatRefuse(adminApiKey);
  if (doubt !== undefined) logger.warn(`the key in TRIPLINE_ADMIN_API_KEY will not do everywhere: ${doubt}`);
}
