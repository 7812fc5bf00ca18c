import { test } from 'node:test';
import type { Rested } from '../support/in-process.ts';
import { may, type Right, type RoleColumn } from '../support/rights-table.ts';
import { asked, kept } from './cell.ts';
import { type RightsStage, USERS } from './stage.ts';

const SEE_TEAM: Right = 'see a team, its projects, automations and executions';
const SEE_ROOT: Right = 'see a registry or the organization, and what they automate';
const TEAM: Right = 'manage a team and its members';
const REGISTRY: Right = 'manage a registry, its members and protected aliases';
const ORGANIZATION: Right = 'manage an organization, its teams, members and registries';
const INSTANCE: Right = 'be an instance admin';

/** `everybody` is whoever has an account. */
interface Deed {
  readonly right: Right | 'everybody';
  /** What sees the place; default everybody. */
  readonly see?: Right | 'nobody';
  readonly success?: number;
  /** Where an admin reads what a refusal must not change. */
  readonly state?: string;
  /** Makes what the deed is done to, and returns the deed. */
  readonly prepare: (stage: RightsStage, user: string) => Promise<() => Promise<Rested>>;
}

type Method = Parameters<RightsStage['rest']>[1];

/** A deed that needs nothing made before. */
function plain(method: Method, path: string, body?: (stage: RightsStage) => object): Deed['prepare'] {
  return async (stage, user) => () => stage.rest(user, method, path, body?.(stage));
}

const inTeam = { right: TEAM, see: SEE_TEAM } as const;
const inRoot = { right: ORGANIZATION, see: SEE_ROOT } as const;
const inRegistry = { right: REGISTRY, see: SEE_ROOT } as const;
const ofInstance = { right: INSTANCE } as const;

const TEAM_PATH = '/entities/vision';
const ROOT = '/organizations/acme';
const MODELS = `${ROOT}/registries/models`;

/** A user who is in the organization and in no team. */
async function somebody(stage: RightsStage): Promise<string> {
  const name = stage.fresh('user');
  await stage.user(name);
  const joined = await stage.rest('admin', 'POST', `${ROOT}/members`, { username: name, role: 'member' });
  if (joined.status !== 201) throw new Error(JSON.stringify(joined.body));
  return name;
}

async function made(stage: RightsStage, path: string, body: object) {
  const answer = await stage.rest('admin', 'POST', path, body);
  if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

const DEEDS: Readonly<Record<string, Deed>> = {
  'reads a team': { right: SEE_TEAM, see: SEE_TEAM, prepare: plain('GET', TEAM_PATH) },
  'lists the projects of a team': { right: SEE_TEAM, see: SEE_TEAM, prepare: plain('GET', `${TEAM_PATH}/projects`) },
  'reads the settings of a team': { ...inTeam, prepare: plain('GET', `${TEAM_PATH}/settings`) },
  'changes the settings of a team': {
    ...inTeam,
    state: `${TEAM_PATH}/settings`,
    prepare: plain('PATCH', `${TEAM_PATH}/settings`, () => ({ membersManageAutomations: false })),
  },
  'gives a member of a team a role': {
    ...inTeam,
    success: 201,
    state: TEAM_PATH,
    prepare: async (stage, user) => {
      const username = await somebody(stage);
      return () => stage.rest(user, 'POST', `${TEAM_PATH}/members`, { username, role: 'viewer' });
    },
  },
  'ends a membership of a team': {
    ...inTeam,
    success: 204,
    state: TEAM_PATH,
    prepare: async (stage, user) => {
      const username = await somebody(stage);
      await made(stage, `${TEAM_PATH}/members`, { username, role: 'viewer' });
      return () => stage.rest(user, 'DELETE', `${TEAM_PATH}/members/${username}`);
    },
  },
  'invites to a team': {
    ...inTeam,
    success: 201,
    state: `${TEAM_PATH}/invites`,
    prepare: plain('POST', `${TEAM_PATH}/invites`, (stage) => ({
      email: `${stage.fresh('guest')}@example.com`,
      role: 'member',
    })),
  },
  'lists invitations': { ...inTeam, prepare: plain('GET', `${TEAM_PATH}/invites`) },
  'takes an invitation back': {
    ...inTeam,
    success: 204,
    state: `${TEAM_PATH}/invites`,
    prepare: async (stage, user) => {
      const email = `${stage.fresh('guest')}@example.com`;
      const { invite } = await made(stage, `${TEAM_PATH}/invites`, { email, role: 'member' });
      return () => stage.rest(user, 'DELETE', `${TEAM_PATH}/invites/${invite.id}`);
    },
  },
  'creates a service account': {
    ...inTeam,
    success: 201,
    state: `${TEAM_PATH}/service-accounts`,
    prepare: plain('POST', `${TEAM_PATH}/service-accounts`, (stage) => ({ description: stage.fresh('robot') })),
  },
  'lists service accounts': { ...inTeam, prepare: plain('GET', `${TEAM_PATH}/service-accounts`) },
  'gives a service account another description': {
    ...inTeam,
    state: `${TEAM_PATH}/service-accounts`,
    prepare: async (stage, user) => {
      const { username } = await made(stage, `${TEAM_PATH}/service-accounts`, { description: stage.fresh('robot') });
      const body = { description: stage.fresh('robot') };
      return () => stage.rest(user, 'PATCH', `${TEAM_PATH}/service-accounts/${username}`, body);
    },
  },
  'rotates the key of a service account': {
    ...inTeam,
    prepare: async (stage, user) => {
      const { username } = await made(stage, `${TEAM_PATH}/service-accounts`, { description: stage.fresh('robot') });
      return () => stage.rest(user, 'POST', `${TEAM_PATH}/service-accounts/${username}/rotate-key`);
    },
  },
  'deletes a service account': {
    ...inTeam,
    success: 204,
    state: `${TEAM_PATH}/service-accounts`,
    prepare: async (stage, user) => {
      const { username } = await made(stage, `${TEAM_PATH}/service-accounts`, { description: stage.fresh('robot') });
      return () => stage.rest(user, 'DELETE', `${TEAM_PATH}/service-accounts/${username}`);
    },
  },
  'reads the audit log of a team': { ...inTeam, prepare: plain('GET', `${TEAM_PATH}/audit?limit=1`) },
  'reads the audit log of an organization': { ...inRoot, prepare: plain('GET', '/entities/acme/audit?limit=1') },
  'reads the audit log of the installation': { ...ofInstance, prepare: plain('GET', '/audit?limit=1') },

  'reads an organization': { right: SEE_ROOT, see: SEE_ROOT, prepare: plain('GET', ROOT) },
  'creates a team': {
    ...inRoot,
    success: 201,
    state: ROOT,
    prepare: plain('POST', `${ROOT}/teams`, (stage) => ({ name: stage.fresh('team') })),
  },
  'gives a member of an organization a role': {
    ...inRoot,
    success: 201,
    state: ROOT,
    prepare: async (stage, user) => {
      const username = await somebody(stage);
      return () => stage.rest(user, 'POST', `${ROOT}/members`, { username, role: 'viewer' });
    },
  },
  'ends a membership of an organization': {
    ...inRoot,
    success: 204,
    state: ROOT,
    prepare: async (stage, user) => {
      const username = await somebody(stage);
      return () => stage.rest(user, 'DELETE', `${ROOT}/members/${username}`);
    },
  },
  'reads the server': { ...ofInstance, prepare: plain('GET', '/server') },
  'lists all organizations': { ...ofInstance, prepare: plain('GET', '/organizations') },
  'creates an organization': {
    ...ofInstance,
    success: 201,
    prepare: plain('POST', '/organizations', (stage) => ({ name: stage.fresh('organization') })),
  },
  "deletes another's organization": {
    ...ofInstance,
    see: 'nobody',
    success: 204,
    prepare: async (stage, user) => {
      const name = stage.fresh('organization');
      await made(stage, '/organizations', { name });
      return () => stage.rest(user, 'DELETE', `/organizations/${name}`);
    },
  },

  'lists registries': { right: SEE_ROOT, see: SEE_ROOT, prepare: plain('GET', `${ROOT}/registries`) },
  'reads a registry': { right: SEE_ROOT, see: SEE_ROOT, prepare: plain('GET', MODELS) },
  'reads a restricted registry': {
    right: 'see a restricted registry',
    see: 'see a restricted registry',
    prepare: plain('GET', `${ROOT}/registries/vault`),
  },
  'creates a registry': {
    ...inRoot,
    success: 201,
    state: `${ROOT}/registries?limit=100`,
    prepare: plain('POST', `${ROOT}/registries`, (stage) => ({ name: stage.fresh('registry') })),
  },
  'changes a registry': {
    ...inRegistry,
    state: MODELS,
    prepare: plain('PATCH', MODELS, (stage) => ({ description: stage.fresh('text') })),
  },
  'protects an alias': {
    ...inRegistry,
    state: MODELS,
    prepare: plain('PATCH', MODELS, (stage) => ({ protectedAliases: [stage.fresh('alias')] })),
  },
  'lists members of a registry': { right: SEE_ROOT, see: SEE_ROOT, prepare: plain('GET', `${MODELS}/members`) },
  'lists members of a restricted registry': {
    right: 'see members of a restricted registry',
    see: 'see a restricted registry',
    prepare: plain('GET', `${ROOT}/registries/vault/members`),
  },
  'gives a user a role in a registry': {
    ...inRegistry,
    success: 204,
    state: `${MODELS}/members`,
    prepare: async (stage, user) => {
      const username = await somebody(stage);
      return () => stage.rest(user, 'PUT', `${MODELS}/members/${username}`, { role: 'member' });
    },
  },
  "ends a user's role in a registry": {
    ...inRegistry,
    success: 204,
    state: `${MODELS}/members`,
    prepare: async (stage, user) => {
      const username = await somebody(stage);
      await stage.rest('admin', 'PUT', `${MODELS}/members/${username}`, { role: 'member' });
      return () => stage.rest(user, 'DELETE', `${MODELS}/members/${username}`);
    },
  },
  'gives a team a role in a registry': {
    ...inRegistry,
    success: 204,
    state: `${MODELS}/members`,
    prepare: async (stage, user) => {
      const { name } = await made(stage, `${ROOT}/teams`, { name: stage.fresh('team') });
      return () => stage.rest(user, 'PUT', `${MODELS}/teams/${name}`, { role: 'member' });
    },
  },
  "ends a team's role in a registry": {
    ...inRegistry,
    success: 204,
    state: `${MODELS}/members`,
    prepare: async (stage, user) => {
      const { name } = await made(stage, `${ROOT}/teams`, { name: stage.fresh('team') });
      await stage.rest('admin', 'PUT', `${MODELS}/teams/${name}`, { role: 'member' });
      return () => stage.rest(user, 'DELETE', `${MODELS}/teams/${name}`);
    },
  },
  'deletes a registry': {
    ...inRoot,
    success: 204,
    state: `${ROOT}/registries?limit=100`,
    prepare: async (stage, user) => {
      const { name } = await made(stage, `${ROOT}/registries`, { name: stage.fresh('registry') });
      return () => stage.rest(user, 'DELETE', `${ROOT}/registries/${name}`);
    },
  },

  'lists users': { ...ofInstance, prepare: plain('GET', '/users?limit=1') },
  "reads another user's record": { ...ofInstance, see: 'nobody', prepare: plain('GET', '/users/out2') },
  'creates a user': {
    ...ofInstance,
    success: 201,
    prepare: plain('POST', '/users', (stage) => ({ username: stage.fresh('user') })),
  },
  'deletes a user': {
    ...ofInstance,
    success: 204,
    prepare: async (stage, user) => {
      const name = stage.fresh('user');
      await stage.user(name);
      return () => stage.rest(user, 'DELETE', `/users/${name}`);
    },
  },
  'reads who they are': { right: 'everybody', prepare: plain('GET', '/viewer') },
  'lists their API keys': { right: 'everybody', prepare: plain('GET', '/viewer/api-keys') },
  'makes an API key': { right: 'everybody', success: 201, prepare: plain('POST', '/viewer/api-keys') },
  'deletes their API key': {
    right: 'everybody',
    success: 204,
    prepare: async (stage, user) => {
      const { body } = await stage.rest(user, 'POST', '/viewer/api-keys');
      return () => stage.rest(user, 'DELETE', `/viewer/api-keys/${body.id}`);
    },
  },
  "deletes another user's API key": {
    right: 'nothing',
    see: 'nobody',
    prepare: async (stage, user) => {
      const { body } = await stage.rest('out2', 'POST', '/viewer/api-keys');
      return () => stage.rest(user, 'DELETE', `/viewer/api-keys/${body.id}`);
    },
  },
};

/** What each role may do to teams, organizations, registries, users and keys, over REST. */
export function directoryRights(role: RoleColumn, stage: () => RightsStage): void {
  for (const [name, { right, see, success = 200, state, prepare }] of Object.entries(DEEDS)) {
    const allowed = right === 'everybody' || may(role, right);
    test(`${name}: ${allowed ? 'allowed' : 'refused'}`, async () => {
      const deed = await prepare(stage(), USERS[role]);
      const seen = see === undefined || (see !== 'nobody' && may(role, see));
      const read = async () => (state === undefined ? null : kept(await stage().rest('admin', 'GET', state)));
      await asked({ allowed, seen, success, state: read }, deed);
    });
  }
}
