import { Writable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { createAuthenticator } from '../src/directory/authenticate.ts';
import { createSessionReader } from '../src/directory/read-session.ts';
import { masterKeyFrom } from '../src/secrets/master-key.ts';
import { buildHttpServer, type Mount } from '../src/server/http-server.ts';
import { createLogger } from '../src/server/logger.ts';
import { databaseReadiness } from '../src/server/readiness.ts';
import { createMetrics } from '../src/wire/metrics/metrics.ts';
import { mountRest } from '../src/wire/rest/index.ts';
import { createViewerOf } from '../src/wire/viewer-of.ts';
import { ADMIN_KEY, openStage, type Stage } from './directory-stage.ts';
import type { DatabaseName } from './support/databases.ts';
import { settledMasters } from './support/master-keys.ts';
import { restServices } from './support/rest-services.ts';

export interface Call {
  /** `null` sends none; the first admin's when absent. */
  readonly key?: string | null;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface HttpStage extends Stage {
  readonly app: FastifyInstance;
  /** What was logged until now. */
  log(): string;
  /** From now on the server is not ready for this reason. */
  hold(reason: string | undefined): void;
  call(method: Method, url: string, call?: Call): ReturnType<typeof send>;
  /** The same below `/api/v1`. */
  api(method: Method, path: string, call?: Call): ReturnType<typeof send>;
}

/** The HTTP server on a fresh database, with the public API and what the test mounts; spoken to in memory. */
export async function openHttpStage(name: DatabaseName, mounts: readonly Mount[] = []): Promise<HttpStage> {
  const stage = await openStage(name);
  const { ground } = stage;
  const viewerOf = createViewerOf({
    authenticate: createAuthenticator(ground.database),
    readSession: createSessionReader(ground),
    baseUrlOf: () => 'http://tripline.test',
  });
  const checkDatabase = databaseReadiness(ground.database);
  const masters = await settledMasters(ground.database, masterKeyFrom('a key of the tests, long enough'));
  const log: string[] = [];
  let held: string | undefined;
  const app = await buildHttpServer({
    logger: createLogger('debug', writingTo(log)),
    trustedProxies: ['10.9.8.7'],
    metrics: createMetrics(false),
    checkReadiness: async () => held ?? (await checkDatabase()),
    mounts: [(scope) => mountRest(scope, { services: restServices(ground, masters), viewerOf }), ...mounts],
  });
  return {
    ...stage,
    app,
    log: () => log.join(''),
    hold: (reason) => {
      held = reason;
    },
    call: (method, url, call) => send(app, method, url, call),
    api: (method, path, call) => send(app, method, `/api/v1${path}`, call),
    drop: async () => {
      await app.close();
      await stage.drop();
    },
  };
}

async function send(app: FastifyInstance, method: Method, url: string, call: Call = {}) {
  const { key = ADMIN_KEY, body, headers = {} } = call;
  const response = await app.inject({
    method,
    url,
    headers: { ...(key === null ? {} : { authorization: `Bearer ${key}` }), ...headers },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  const json = String(response.headers['content-type'] ?? '').startsWith('application/json');
  return { status: response.statusCode, headers: response.headers, body: json ? response.json() : response.body };
}

function writingTo(lines: string[]): Writable {
  return new Writable({
    write: (line, _encoding, done) => {
      lines.push(String(line));
      done();
    },
  });
}
