import { test } from 'node:test';
import { type FastifyInstance, fastify } from 'fastify';
import { asId, type EntityId, type UserId } from '../src/model/ids.ts';
import { LargeIds } from '../src/model/large-id.ts';
import type { Role, Viewer } from '../src/model/viewer.ts';
import { answerError } from '../src/server/error-handler.ts';
import { mountRest } from '../src/wire/rest/index.ts';
import { mountSlack } from '../src/wire/slack/mount.ts';
import { DeliveryScene } from './delivery-scene.ts';
import { type DatabaseName, withDatabase } from './support/databases.ts';
import { restServices } from './support/rest-services.ts';
import type { SlackServer } from './support/slack-server.ts';

/** The public API, asked by somebody with a role in the scene's entity; a member when no role is named. */
export interface DeliveryApi {
  readonly scene: DeliveryScene;
  readonly get: Ask;
  readonly post: Ask;
  readonly patch: Ask;
  readonly delete: Ask;
  close(): Promise<void>;
}

type Ask = (
  path: string,
  role?: Role | 'stranger',
  payload?: object,
) => Promise<{ status: number; body: ReturnType<typeof JSON.parse> }>;

export type ApiScenario = (title: string, play: (api: DeliveryApi) => Promise<void>) => void;

/** Tests of the public API, each over a scene and a database of its own. @param slack asked when a test begins */
export function apiScenarios(name: DatabaseName, slack?: () => SlackServer): ApiScenario {
  return (title, play) => {
    test(title, () =>
      withDatabase(name, async (database) => {
        const scene = await DeliveryScene.open(database);
        const api = await serveDeliveries(scene, slack?.());
        try {
          await play(api);
        } finally {
          await scene.close();
          await api.close();
        }
      }),
    );
  };
}

/** Serves the public API over a scene, in memory. */
async function serveDeliveries(scene: DeliveryScene, slack?: SlackServer): Promise<DeliveryApi> {
  const app: FastifyInstance = fastify();
  app.setErrorHandler(answerError);
  const { database, clock, masters } = scene;
  const viewerOf = async (request: { headers: Record<string, unknown> }): Promise<Viewer> => {
    const role = request.headers['x-role'] as Role | 'stranger';
    return {
      userId: asId<UserId>('1'),
      username: 'ann',
      email: undefined,
      admin: false,
      entityId: asId<EntityId>('999'),
      defaultEntity: 'ann',
      roles: new Map(role === 'stranger' ? [] : [[scene.entityId, role]]),
      registryRoles: new Map(),
    };
  };
  const ground = { database, clock, ids: new LargeIds(0) };
  const options = { delivery: scene.room(), ...(slack === undefined ? {} : { slack }) };
  const services = restServices(ground, masters, options);
  await mountRest(app, { services, viewerOf });
  mountSlack(app, { slack: services.slack, viewerOf });
  const asking =
    (method: 'GET' | 'POST' | 'PATCH' | 'DELETE'): Ask =>
    async (path, role = 'member', payload) => {
      const headers = { 'x-role': role };
      const request = { method, url: `/api/v1${path}`, headers, ...(payload === undefined ? {} : { payload }) };
      const answer = await app.inject(request);
      return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
    };
  return {
    scene,
    get: asking('GET'),
    post: asking('POST'),
    patch: asking('PATCH'),
    delete: asking('DELETE'),
    close: () => app.close(),
  };
}
