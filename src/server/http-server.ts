import { randomUUID } from 'node:crypto';
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import { notFound, type TriplineError } from '../model/error.ts';
import type { Metrics } from '../wire/metrics/metrics.ts';
import { mountMetrics } from '../wire/metrics/mount.ts';
import { decompressRequests } from './decompress.ts';
import { answerError } from './error-handler.ts';
import { mountHealth } from './health.ts';
import { observeRequests } from './observe-requests.ts';
import { parseJsonBodies } from './parse-json.ts';
import type { CheckReadiness } from './readiness.ts';

/** Adds the routes of one protocol. */
export type Mount = (app: FastifyInstance) => void | Promise<void>;

export interface HttpServerDeps {
  readonly logger: FastifyBaseLogger;
  /** Addresses and CIDRs of proxies whose forwarded headers are believed. */
  readonly trustedProxies: readonly string[];
  readonly metrics: Metrics;
  readonly checkReadiness: CheckReadiness;
  readonly mounts: readonly Mount[];
}

/** Bytes of a body, unpacked; routes may set their own limit. */
export const BODY_LIMIT = 32 * 1024 * 1024;
/** A connection on which nothing moves for so long is given up: else slow senders would hold theirs for ever. */
const SILENCE_MS = 120_000;
/** How long requests may go on when the server stops. */
const STOP_WITHIN_MS = 5_000;
/** Names in paths are up to 128 characters, each up to 12 when escaped. */
const LONGEST_PARAMETER = 2048;

/** Builds the HTTP server with everything mounted; it listens when told to. */
export async function buildHttpServer(deps: HttpServerDeps): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: deps.logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: deps.trustedProxies.length > 0 ? [...deps.trustedProxies] : false,
    bodyLimit: BODY_LIMIT,
    connectionTimeout: SILENCE_MS,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    forceCloseConnections: 'idle',
    frameworkErrors: answerError,
  });
  app.setErrorHandler(answerError);
  observeRequests(app, deps.metrics);
  // before the body is read: a stranger cannot make us take and parse megabytes
  app.addHook('onRequest', (request, _reply, done) => done(request.is404 ? unknownPath(request) : undefined));
  decompressRequests(app);
  parseJsonBodies(app);
  mountHealth(app, deps.checkReadiness);
  mountMetrics(app, deps.metrics);
  for (const mount of deps.mounts) await app.register(async (scope) => mount(scope));
  await app.ready();
  return app;
}

function unknownPath({ method, url }: FastifyRequest): TriplineError {
  return notFound(`there is no ${method} ${url.split('?', 1)[0]}`);
}

/** Takes no more requests, lets those that are under way end, and cuts those that do not. */
export async function closeHttpServer(app: FastifyInstance): Promise<void> {
  const late = setTimeout(() => app.server.closeAllConnections(), STOP_WITHIN_MS);
  await app.close();
  clearTimeout(late);
}
