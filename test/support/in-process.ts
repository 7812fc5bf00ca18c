import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FastifyInstance, type FastifyRequest, fastify } from 'fastify';
import { createAuthenticator } from '../../src/directory/authenticate.ts';
import { createOrganization } from '../../src/directory/create-organization.ts';
import { createTeam } from '../../src/directory/create-team.ts';
import { createUser } from '../../src/directory/create-user.ts';
import { ensureFirstAdmin } from '../../src/directory/ensure-first-admin.ts';
import { createSessionReader } from '../../src/directory/read-session.ts';
import { requireOrganization } from '../../src/directory/require-entity.ts';
import { TriplineError } from '../../src/model/error.ts';
import { LargeIds } from '../../src/model/large-id.ts';
import type { Role, Viewer } from '../../src/model/viewer.ts';
import { masterKeyFrom } from '../../src/secrets/master-key.ts';
import { answerError } from '../../src/server/error-handler.ts';
import { openFiles } from '../../src/server/open-files.ts';
import { openDatabase } from '../../src/store/database.ts';
import type { Ground } from '../../src/store/ground.ts';
import { ensurePartitions } from '../../src/store/partitions.ts';
import { RunMetrics } from '../../src/store/run-metrics.ts';
import type { FileGround } from '../../src/tracking/file-ground.ts';
import type { TrackingRoom } from '../../src/tracking/room.ts';
import type { RestServices } from '../../src/wire/rest/app.ts';
import { mountRest } from '../../src/wire/rest/index.ts';
import { createViewerOf } from '../../src/wire/viewer-of.ts';
import { mountFiles } from '../../src/wire/wandb/files/mount.ts';
import { mountArtifactDownloads } from '../../src/wire/wandb/files/mount-artifact-downloads.ts';
import { mountArtifacts } from '../../src/wire/wandb/files/mount-artifacts.ts';
import { mountGraphql } from '../../src/wire/wandb/graphql/mount.ts';
import { blobSettings } from './blob-settings.ts';
import { onEnd } from './clean-up.ts';
import { freshDatabase, OLDEST } from './databases.ts';
import { settledMasters } from './master-keys.ts';
import { restServices } from './rest-services.ts';
import { trackingRoom } from './tracking-room.ts';

/** What a GraphQL request was answered. */
export interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read what they asked for
  readonly data: any;
  readonly message: string;
}

/** What the public API answered. */
export interface Rested {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read what they asked for
  readonly body: any;
}

/** GraphQL and the public API in this process, on a fresh database, without the rest of the server. */
export interface InProcess {
  /** For requests that are not GraphQL. */
  readonly app: FastifyInstance;
  /** Folder of the blobs. */
  readonly blobs: string;
  readonly ground: Ground;
  readonly files: FileGround;
  readonly tracking: TrackingRoom;
  /** To the database, for whoever opens it by itself. */
  readonly connection: { readonly connectionString: string };
  /** Moves the clock forward, in milliseconds. */
  pass(milliseconds: number): void;
  /** Sends a document as a user, whose name is the start of their key; `agent` is what the program calls itself. */
  as(username: string, query: string, variables?: object, agent?: string): Promise<Answered>;
  /** Calls the public API as a user; the path is below `/api/v1`. */
  rest(
    username: string,
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<Rested>;
  viewer(username: string): Promise<Viewer>;
  user(username: string, more?: { email?: string; admin?: boolean }): Promise<void>;
  organization(name: string, members?: Readonly<Record<string, Role>>): Promise<void>;
  team(organization: string, name: string, members: Readonly<Record<string, Role>>): Promise<void>;
}

/** Bytes. */
export const LARGEST_FILE = 40 * 1024 * 1024;

/** The API key of a user of these tests. */
export const keyOf = (username: string): string => createHash('sha1').update(username).digest('hex');

/** @param env further settings of where files are kept */
export async function openInProcess(env: Readonly<Record<string, string>> = {}): Promise<InProcess> {
  const { url, drop } = await freshDatabase(OLDEST);
  const connection = { connectionString: url };
  const database = openDatabase({ connection, connections: 6, onConnectionError: () => {} });
  onEnd(async () => {
    await database.close();
    await drop();
  });
  let passed = 0;
  const ground: Ground = { database, clock: { now: () => Date.now() + passed }, ids: new LargeIds(0) };
  await ensurePartitions(database, ground.clock.now());
  await ensureFirstAdmin(ground, { adminApiKey: keyOf('admin') });
  const authenticate = createAuthenticator(database);
  const viewer = async (username: string): Promise<Viewer> => {
    const found = await authenticate(keyOf(username));
    if (found === undefined) throw new TriplineError('unauthenticated', `no user ${username}`);
    return found;
  };
  const tracking = trackingRoom(ground);
  const data = await mkdtemp(join(tmpdir(), 'tripline-'));
  onEnd(() => rm(data, { recursive: true, force: true }));
  const viewerOf = (request: FastifyRequest) => viewer(String(request.headers['x-test-user']));
  const app = fastify();
  app.setErrorHandler(answerError);
  const masters = await settledMasters(database, masterKeyFrom('a key of the tests, long enough'));
  const files = await openFiles(ground, blobSettings(data, env), masters, app.log);
  const fileDeps = { ground: files.files, signed: files.signed, largestFile: LARGEST_FILE };
  mountFiles(app, fileDeps);
  mountArtifacts(app, fileDeps);
  await app.register(async (scope) =>
    mountArtifactDownloads(scope, {
      ground: files.files,
      viewerOf: createViewerOf({ authenticate, readSession: createSessionReader(ground), baseUrlOf: () => '' }),
    }),
  );
  mountGraphql(app, {
    services: { ground, tracking, masters, ...files, runMetrics: new RunMetrics(database, tracking.columnsWanted) },
    viewerOf,
    baseUrlOf: () => 'http://tripline.test',
  });
  const artifactFilePath: RestServices['artifactFilePath'] = (file) => files.artifactUrls.downloadFile('', file);
  await mountRest(app, {
    services: { ...restServices(ground, masters, { connection, tracking, files: files.files }), artifactFilePath },
    viewerOf,
  });
  onEnd(() => app.close());
  const listed = (members: Readonly<Record<string, Role>>) =>
    Object.entries(members).map(([username, role]) => ({ username, role }));
  return {
    ground,
    files: files.files,
    tracking,
    connection,
    app,
    blobs: join(data, 'blobs'),
    pass: (milliseconds) => {
      passed += milliseconds;
    },
    viewer,
    as: async (username, query, variables = {}, agent = 'test') => {
      const answer = await app.inject({
        method: 'POST',
        url: '/graphql',
        headers: { 'content-type': 'application/json', 'x-test-user': username, 'user-agent': agent },
        payload: JSON.stringify({ query, variables, operationName: '' }),
      });
      const body = answer.json();
      const message = (body.errors ?? []).map((error: { message: string }) => error.message).join('; ');
      return { status: answer.statusCode, data: body.data, message };
    },
    rest: async (username, method, path, body) => {
      const answer = await app.inject({
        method,
        url: `/api/v1${path}`,
        headers: { 'x-test-user': username },
        ...(body === undefined ? {} : { payload: body }),
      });
      return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
    },
    user: async (username, more = {}) => {
      await createUser(ground, await viewer('admin'), { username, apiKey: keyOf(username), ...more });
    },
    organization: async (name, members = {}) => {
      await createOrganization(ground, await viewer('admin'), { name, members: listed(members) });
    },
    team: async (organization, name, members) => {
      const admin = await viewer('admin');
      const place = await requireOrganization(ground, admin, organization);
      await createTeam(ground, admin, place, { name, members: listed(members) });
    },
  };
}
