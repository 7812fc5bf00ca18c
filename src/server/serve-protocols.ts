import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { createAuthenticator } from '../directory/authenticate.ts';
import type { Ground } from '../store/ground.ts';
import { createMetrics } from '../wire/metrics/metrics.ts';
import { mountRest } from '../wire/rest/index.ts';
import { createViewerOf } from '../wire/viewer-of.ts';
import { buildHttpServer } from './http-server.ts';
import { databaseReadiness } from './readiness.ts';
import type { Settings } from './settings/schema.ts';

/** The HTTP server with every protocol mounted; it does not listen yet. */
export function serveProtocols(
  settings: Pick<Settings, 'trustedProxies'>,
  ground: Ground,
  logger: FastifyBaseLogger,
): Promise<FastifyInstance> {
  const viewerOf = createViewerOf(createAuthenticator(ground.database));
  return buildHttpServer({
    logger,
    trustedProxies: settings.trustedProxies,
    metrics: createMetrics(),
    checkReadiness: databaseReadiness(ground.database),
    mounts: [(app) => mountRest(app, { services: { ground }, viewerOf })],
  });
}
