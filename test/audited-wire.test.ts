import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fastify } from 'fastify';
import { AUDITED_DEEDS } from '../src/model/audit.ts';
import { mountLive } from '../src/wire/live/mount.ts';
import { mountPages } from '../src/wire/pages/mount.ts';
import { mountRest, type RestDeps } from '../src/wire/rest/index.ts';
import { mountSlack } from '../src/wire/slack/mount.ts';
import { mountFileStream } from '../src/wire/wandb/file-stream/mount.ts';
import { mountFiles } from '../src/wire/wandb/files/mount.ts';
import { mountArtifactDownloads } from '../src/wire/wandb/files/mount-artifact-downloads.ts';
import { mountArtifacts } from '../src/wire/wandb/files/mount-artifacts.ts';
import { MODULES } from '../src/wire/wandb/graphql/modules.ts';
import { mountGraphql } from '../src/wire/wandb/graphql/mount.ts';
import { buildSchema } from '../src/wire/wandb/graphql/schema.ts';
import { mountTelemetry } from '../src/wire/wandb/telemetry/mount.ts';
import { auditedOperations, ELSEWHERE, MUTATIONS, ROUTES } from './support/wire-deeds.ts';

const MOUNTS = [
  mountGraphql,
  mountFileStream,
  mountFiles,
  mountArtifacts,
  mountArtifactDownloads,
  mountTelemetry,
  mountRest,
  mountSlack,
  mountPages,
];
const DECIDE = 'decide in test/support/wire-deeds.ts, and let test/acceptance/audit.test.ts do it';

/** Routes of all protocols that are asked otherwise than to read or to look ahead; as no request is made, nothing stands behind them. */
async function changingRoutes(): Promise<string[]> {
  const found = new Set<string>();
  const app = fastify();
  app.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) if (!/^(GET|HEAD|OPTIONS)$/.test(each)) found.add(`${each} ${url}`);
  });
  const beside: RestDeps['beside'] = (api) => mountLive(api, {} as never);
  const deps = { services: {}, memory: 1, ground: {}, watch: {}, beside } as never;
  for (const mount of MOUNTS) await app.register(async (scope) => mount(scope, deps));
  await app.ready();
  await app.close();
  return [...found].sort();
}

describe('a new deed is noticed', () => {
  test('whether a mutation is audited was decided for each', () => {
    const known = Object.keys(buildSchema(MODULES).getMutationType()?.getFields() ?? {});
    assert.deepEqual(Object.keys(MUTATIONS).sort(), known.sort(), DECIDE);
  });

  test('whether a route is audited was decided for each', async () => {
    const decided = Object.keys(ROUTES).filter((route) => !route.startsWith('GET '));
    assert.deepEqual(decided.sort(), await changingRoutes(), DECIDE);
  });

  test('no protocol is overlooked', () => {
    const composition = readFileSync(new URL('../src/server/serve-protocols.ts', import.meta.url), 'utf8');
    const mounted = new Set(composition.match(/\bmount[A-Z]\w+/g));
    assert.deepEqual([mountLive, ...MOUNTS].map(({ name }) => name).sort(), [...mounted].sort());
  });

  test('every deed that the log knows can be done', () => {
    const done = new Set([...auditedOperations().map((each) => each.split(' ').at(-1)), ...ELSEWHERE]);
    assert.deepEqual([...done].sort(), [...AUDITED_DEEDS].sort());
  });
});
