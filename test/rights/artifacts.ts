import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rested } from '../support/in-process.ts';
import { may, type Right, type RoleColumn } from '../support/rights-table.ts';
import { seedCollection, seedLink, seedVersion } from '../support/seeded-artifacts.ts';
import type { SeedPlace } from '../support/seeded-runs.ts';
import { asked, kept } from './cell.ts';
import { REGISTRY, type RightsStage, USERS } from './stage.ts';

const SEE_TEAM: Right = 'see a team, its projects, automations and executions';
const SEE_ROOT: Right = 'see a registry or the organization, and what they automate';

/** A version of a team, and where it is linked in a registry. */
interface Made {
  /** Address of its collection. */
  readonly sequence: string;
  readonly portfolio: string;
}

interface Deed {
  readonly right: Right;
  readonly see: Right;
  readonly success?: number;
  readonly act: (rest: RightsStage['rest'], user: string, made: Made) => Promise<Rested>;
}

const inTeam = { right: 'log in a project of a team', see: SEE_TEAM, success: 204 } as const;
const inRegistry = { right: 'link in a registry', see: SEE_ROOT, success: 204 } as const;
const PROTECTED: Right = 'manage a registry, its members and protected aliases';

type Method = Parameters<RightsStage['rest']>[1];

function on(where: keyof Made, method: Method, path: string, body?: object): Deed['act'] {
  return (rest, user, made) => rest(user, method, made[where] + path, body);
}

const CATS = '/entities/vision/projects/cats/artifacts';
const MODELS = `/entities/acme/projects/${REGISTRY}/artifacts`;

const DEEDS: Readonly<Record<string, Deed>> = {
  'changes a version': { ...inTeam, act: on('sequence', 'PATCH', '/versions/v0', { description: 'other' }) },
  'gives a version an alias': { ...inTeam, act: on('sequence', 'PUT', '/versions/v0/aliases/one') },
  'takes an alias from a version': { ...inTeam, act: on('sequence', 'DELETE', '/versions/v0/aliases/latest') },
  'gives a version a tag': { ...inTeam, act: on('sequence', 'PUT', '/versions/v0/tags/one') },
  'takes a tag from a version': { ...inTeam, act: on('sequence', 'DELETE', '/versions/v0/tags/old') },
  'changes a collection': {
    ...inTeam,
    success: 200,
    act: on('sequence', 'PATCH', '', { description: 'other' }),
  },
  'gives a collection a tag': { ...inTeam, act: on('sequence', 'PUT', '/tags/one') },
  'takes a tag from a collection': { ...inTeam, act: on('sequence', 'DELETE', '/tags/old') },
  'lists files of a version': { right: SEE_TEAM, see: SEE_TEAM, act: on('sequence', 'GET', '/versions/v0/files') },
  'reads the lineage of a version': {
    right: SEE_TEAM,
    see: SEE_TEAM,
    act: on('sequence', 'GET', '/versions/v0/lineage'),
  },
  'deletes versions of a collection': {
    ...inTeam,
    success: 200,
    act: on('sequence', 'POST', '/version-removals', { versions: ['v0'] }),
  },
  'gives a version an alias in a registry': { ...inRegistry, act: on('portfolio', 'PUT', '/versions/v0/aliases/one') },
  'gives a version a protected alias in a registry': {
    ...inRegistry,
    right: PROTECTED,
    act: on('portfolio', 'PUT', '/versions/v0/aliases/guarded'),
  },
  'ends a link in a registry': { ...inRegistry, act: on('portfolio', 'DELETE', '/versions/v0/link') },
  'links a version of a registry once more': {
    ...inRegistry,
    success: 201,
    act: on('portfolio', 'POST', '/versions/v0/links', { entity: 'acme', project: REGISTRY, collection: 'others' }),
  },
  'deletes a collection of a registry': { ...inRegistry, act: on('portfolio', 'DELETE', '') },
  'makes a collection of a registry': {
    ...inRegistry,
    success: 201,
    act: (rest, user, { portfolio }) => {
      const name = `of ${decodeURIComponent(portfolio.split('/').at(-1) ?? '')}`;
      return rest(user, 'POST', MODELS, { name, type: 'model' });
    },
  },
  'looks for versions in the registries of an organization': {
    right: SEE_ROOT,
    see: SEE_ROOT,
    act: (rest, user) => rest(user, 'GET', '/organizations/acme/registry-versions'),
  },
  'looks for collections of a team': {
    right: SEE_TEAM,
    see: SEE_TEAM,
    act: (rest, user) => rest(user, 'GET', '/artifact-collections?entity=vision'),
  },
};

/** What artifacts go through over REST, one test for each deed. */
export function artifactRights(role: RoleColumn, stage: () => RightsStage): void {
  for (const [name, { right, see, success, act }] of Object.entries(DEEDS)) {
    test(`artifacts: ${name}`, async () => {
      const here = stage();
      const made = await madeIn(here);
      const states = [`${made.sequence}/versions/v0`, made.sequence, `${made.portfolio}/versions/v0`];
      const state = async () => Promise.all(states.map(async (path) => kept(await here.rest('admin', 'GET', path))));
      const cell = {
        allowed: may(role, right),
        seen: may(role, see),
        state,
        ...(success === undefined ? {} : { success }),
      };
      await asked(cell, () => act(here.rest, USERS[role], made));
    });
  }

  test('artifacts: a version that a protected alias leads to is deleted by whoever may do both', async () => {
    const here = stage();
    const made = await madeIn(here);
    const guarded = await here.rest('admin', 'PUT', `${made.portfolio}/versions/v0/aliases/guarded`);
    assert.equal(guarded.status, 204);
    const both = may(role, 'log in a project of a team') && may(role, PROTECTED);
    const cell = { allowed: both, seen: may(role, SEE_TEAM), success: 204 };
    await asked(cell, () => here.rest(USERS[role], 'DELETE', `${made.sequence}/versions/v0?deleteAliases=true`));
  });
}

async function madeIn(here: RightsStage): Promise<Made> {
  const [cats, models] = [placeOf(here, 'vision/cats'), placeOf(here, `acme/${REGISTRY}`)];
  const [net, road] = [here.fresh('net'), here.fresh('road')];
  const sequence = await seedCollection(here.ground, cats, { name: net, type: 'model', tags: ['old'] });
  const version = await seedVersion(here.ground, cats, sequence, { tags: ['old'], files: [{ path: 'a' }] });
  const portfolio = await seedCollection(here.ground, models, { name: road, type: 'model', kind: 'portfolio' });
  await seedLink(here.ground, portfolio, version);
  const path = `/organizations/acme/registries/${REGISTRY.slice('wandb-registry-'.length)}`;
  const { body } = await here.rest('admin', 'GET', path);
  if (!body.protectedAliases.includes('guarded')) {
    const protectedAliases = [...body.protectedAliases, 'guarded'];
    assert.equal((await here.rest('admin', 'PATCH', path, { protectedAliases })).status, 200);
  }
  return { sequence: `${CATS}/${net}`, portfolio: `${MODELS}/${road}` };
}

function placeOf({ seedPlaces }: RightsStage, path: string): SeedPlace {
  const place = seedPlaces.get(path);
  assert.ok(place);
  return place;
}
