import { fastify } from 'fastify';
import { type LiveDeps, mountLive } from '../../src/wire/live/mount.ts';
import { mountRest, type RestDeps } from '../../src/wire/rest/index.ts';

/** The OpenAPI description of the public API, without a server: nothing stands behind its routes. */
export async function describedApi(): Promise<object> {
  const app = fastify();
  const nothing = { services: {}, viewerOf: () => Promise.reject(new Error('nobody asks')) };
  const beside: RestDeps['beside'] = (api) => mountLive(api, nothing as unknown as LiveDeps);
  await app.register(async (scope) => mountRest(scope, { ...(nothing as unknown as RestDeps), beside }));
  const answer = await app.inject('/api/v1/openapi.json');
  await app.close();
  return answer.json();
}
