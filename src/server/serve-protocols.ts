import { fileURLToPath } from 'node:url';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { createAuthenticator } from '../directory/authenticate.ts';
import { createSessionReader } from '../directory/read-session.ts';
import { RunMetrics } from '../store/run-metrics.ts';
import type { Hub } from '../wire/live/hub.ts';
import { mountLive } from '../wire/live/mount.ts';
import type { Metrics } from '../wire/metrics/metrics.ts';
import { mountPages } from '../wire/pages/mount.ts';
import { readPageFiles } from '../wire/pages/page-files.ts';
import type { NamedBlob, RestServices } from '../wire/rest/app.ts';
import { mountRest, type RestDeps } from '../wire/rest/index.ts';
import { mountSlack } from '../wire/slack/mount.ts';
import { createViewerOf, type ViewerOf } from '../wire/viewer-of.ts';
import { type BodyWatch, mountFileStream } from '../wire/wandb/file-stream/mount.ts';
import { mountFiles } from '../wire/wandb/files/mount.ts';
import { mountArtifactDownloads } from '../wire/wandb/files/mount-artifact-downloads.ts';
import { mountArtifacts } from '../wire/wandb/files/mount-artifacts.ts';
import { mountGraphql } from '../wire/wandb/graphql/mount.ts';
import { mountTelemetry } from '../wire/wandb/telemetry/mount.ts';
import { createBaseUrlOf } from './base-url.ts';
import { buildHttpServer } from './http-server.ts';
import type { FileRoom } from './open-files.ts';
import { openSlackRoom } from './open-slack-room.ts';
import { databaseReadiness } from './readiness.ts';
import type { Settings } from './settings/schema.ts';
import type { Tracking } from './start-tracking.ts';

/** Beside the bundle; a server that runs from its source has no pages, `npm run dev` serves them. */
const PAGES_FOLDER = fileURLToPath(new URL('./web/', import.meta.url));

/** Bytes of one file. */
const LARGEST_FILE = 5 * 1024 ** 4;

/** The HTTP server with every protocol mounted; it does not listen yet. */
export function serveProtocols(
  settings: Pick<
    Settings,
    'trustedProxies' | 'publicUrl' | 'ingestMemory' | 'slackClientId' | 'slackClientSecret' | 'slackUrl'
  >,
  { room: tracking, intake }: Tracking,
  files: FileRoom,
  {
    masters,
    delivery,
    backtests,
    facts,
    hub,
  }: Pick<RestServices, 'masters' | 'delivery' | 'backtests' | 'facts'> & { readonly hub: Hub },
  logger: FastifyBaseLogger,
  { metrics, bodies }: { readonly metrics: Metrics; readonly bodies: BodyWatch },
): Promise<FastifyInstance> {
  const { ground } = tracking;
  const authenticate = createAuthenticator(ground.database);
  const baseUrlOf = createBaseUrlOf(settings.publicUrl);
  const viewerOf = createViewerOf({ authenticate, readSession: createSessionReader(ground), baseUrlOf });
  const runMetrics = new RunMetrics(ground.database, tracking.columnsWanted);
  const services = { ground, tracking, masters, ...files, runMetrics };
  const slack = openSlackRoom(settings, delivery, masters);
  const restServices = {
    ground,
    authenticate,
    masters,
    slack,
    baseUrlOf,
    delivery,
    tracking,
    artifactFilePath: (file: NamedBlob) => files.artifactUrls.downloadFile('', file),
    explain: tracking,
    backtests,
    facts,
    runMetrics,
    files: files.files,
    woken: tracking.woken,
  };
  const beside: RestDeps['beside'] = (app) => mountLive(app, { ground, hub, viewerOf });
  const pages = readPageFiles(PAGES_FOLDER);
  const fileDeps = { ground: files.files, signed: files.signed, largestFile: LARGEST_FILE };
  return buildHttpServer({
    logger,
    trustedProxies: settings.trustedProxies,
    metrics,
    checkReadiness: databaseReadiness(ground.database),
    mounts: [
      (app) => mountGraphql(app, { services, viewerOf: toldOf(viewerOf, hub), baseUrlOf }),
      (app) => mountFileStream(app, { ground, intake, memory: settings.ingestMemory, watch: bodies, viewerOf }),
      (app) => mountFiles(app, fileDeps),
      (app) => mountArtifacts(app, fileDeps),
      (app) => mountArtifactDownloads(app, { ground: files.files, viewerOf }),
      mountTelemetry,
      (app) => mountRest(app, { services: restServices, viewerOf, beside }),
      (app) => mountSlack(app, { slack, viewerOf }),
      (app) => mountPages(app, { pages }),
    ],
  });
}

/** Has it told to whoever waits for that when a client comes with a key: its first request asks who that is. */
function toldOf(viewerOf: ViewerOf, hub: Hub): ViewerOf {
  return async (request) => {
    const viewer = await viewerOf(request);
    if (viewer.session === undefined) hub.hear([{ kind: 'client', userId: viewer.userId }]);
    return viewer;
  };
}
