import assert from 'node:assert/strict';
import { findProject } from '../../src/directory/find-project.ts';
import { nodeId } from '../../src/model/wire-id.ts';
import { type Answered, type InProcess, openInProcess, type Rested } from '../support/in-process.ts';
import type { RoleColumn } from '../support/rights-table.ts';
import { seedCollection } from '../support/seeded-artifacts.ts';
import type { SeedPlace } from '../support/seeded-runs.ts';

/** One user a column of the table. */
export const USERS: Readonly<Record<RoleColumn, string>> = {
  outsider: 'out',
  'organization member': 'omi',
  'view-only': 'vic',
  member: 'mem',
  'team admin': 'lea',
  'registry restricted viewer': 'res',
  'registry viewer': 'rev',
  'registry member': 'rem',
  'registry admin': 'rea',
  'organization admin': 'ann',
  'instance admin': 'admin',
};

/** What the public API was asked, and how it answered. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** Everybody of the table, and the places where they have their roles. */
export interface RightsStage extends Omit<InProcess, 'rest' | 'as'> {
  readonly rest: InProcess['rest'];
  readonly as: InProcess['as'];
  readonly calls: readonly Call[];
  /** Texts of what GraphQL was asked, with whether it was refused. */
  readonly documents: readonly { readonly query: string; readonly refused: boolean }[];
  /** Where things are seeded, by `entity/project`. */
  readonly seedPlaces: ReadonlyMap<string, SeedPlace>;
  /** All that a table holds, for what a refusal must not change. */
  rows(table: 'integration' | 'project'): Promise<unknown[]>;
  /** Page after page of a list; what is not answered by 200 is no page. */
  listed(username: string, path: string): Promise<string>;
  /** A name that nothing has yet. */
  fresh(kind: string): string;
}

export const REGISTRY = 'wandb-registry-models';
export const RESTRICTED_REGISTRY = 'wandb-registry-vault';

export async function openRightsStage(): Promise<RightsStage> {
  const here = await openInProcess();
  await people(here);
  await registries(here);
  for (const [name, access] of Object.entries({ cats: 'PRIVATE', hidden: 'RESTRICTED' })) {
    const made = await here.as(
      'admin',
      `mutation { upsertModel(input: {name: "${name}", entityName: "vision", access: "${access}"}) { inserted } }`,
    );
    assert.equal(made.message, '');
  }
  const seedPlaces = new Map<string, SeedPlace>();
  for (const [entity, project] of [
    ['vision', 'cats'],
    ['vision', 'hidden'],
    ['acme', REGISTRY],
    ['acme', RESTRICTED_REGISTRY],
  ] as const) {
    seedPlaces.set(`${entity}/${project}`, await withCollection(here, entity, project));
  }
  return recorded(here, seedPlaces);
}

async function people(here: InProcess): Promise<void> {
  for (const name of [...Object.values(USERS), 'out2']) if (name !== 'admin') await here.user(name);
  await here.organization('acme', { ann: 'admin', omi: 'member', rev: 'member', rem: 'member', rea: 'member' });
  await here.team('acme', 'vision', { lea: 'admin', mem: 'member', vic: 'viewer' });
}

async function registries(here: InProcess): Promise<void> {
  const path = '/organizations/acme/registries';
  for (const [name, visibility] of Object.entries({ models: 'Team', vault: 'Restricted' })) {
    const made = await here.rest('admin', 'POST', path, { name, visibility });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    for (const [username, role] of Object.entries({
      res: 'restricted_viewer',
      rev: 'viewer',
      rem: 'member',
      rea: 'admin',
    })) {
      const given = await here.rest('admin', 'PUT', `${path}/${name}/members/${username}`, { role });
      assert.equal(given.status, 204, JSON.stringify(given.body));
    }
  }
}

async function withCollection(here: InProcess, entity: string, project: string): Promise<SeedPlace> {
  const admin = await here.viewer('admin');
  const place = await findProject(here.ground, admin, entity, project);
  assert.ok(place);
  const at = { tenantId: place.tenantId, projectId: place.id, userId: admin.userId };
  const kind = entity === 'acme' ? 'portfolio' : 'sequence';
  await seedCollection(here.ground, at, { name: 'net', type: 'model', kind });
  return at;
}

function recorded(here: InProcess, seedPlaces: ReadonlyMap<string, SeedPlace>): RightsStage {
  const calls: Call[] = [];
  const documents: { query: string; refused: boolean }[] = [];
  let made = 0;
  const listed = async (username: string, path: string, cursor = ''): Promise<string> => {
    const { body } = await here.rest(username, 'GET', `${path}?limit=100${cursor}`);
    const rest = body.nextCursor ? await listed(username, path, `&cursor=${body.nextCursor}`) : '';
    return JSON.stringify(body) + rest;
  };
  return {
    ...here,
    rows: (table) => here.ground.database.query(`select * from ${table} order by id`),
    listed: (username, path) => listed(username, path),
    seedPlaces,
    calls,
    documents,
    fresh: (kind) => {
      made += 1;
      return `${kind}-${made}`;
    },
    rest: async (username, method, path, body): Promise<Rested> => {
      const answer = await here.rest(username, method, path, body);
      calls.push({ method, path, status: answer.status });
      return answer;
    },
    as: async (username, query, variables, agent): Promise<Answered> => {
      const answer = await here.as(username, query, variables, agent);
      documents.push({ query, refused: FORBIDDEN.test(answer.message) || HIDDEN.test(answer.message) });
      return answer;
    },
  };
}

/** How GraphQL words what is forbidden, and what is hidden. */
export const FORBIDDEN = /permission denied/;
export const HIDDEN = /not found|hidden from you/;

/** The id by which the client names a project. */
export function projectNode(stage: RightsStage, entity: string, project: string): string {
  const place = stage.seedPlaces.get(`${entity}/${project}`);
  assert.ok(place);
  return nodeId('Project', place.projectId);
}
