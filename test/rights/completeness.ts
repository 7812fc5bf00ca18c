import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RightsStage } from './stage.ts';

/** Routes that the matrix does not both allow and refuse, each with the reason. */
const REST_ELSEWHERE: Readonly<Record<string, string>> = {
  'GET /viewer': 'everybody reads themselves',
  'POST /session': 'whoever knows a password or a key: test/sessions.test.ts',
  'GET /viewer/sessions': 'everybody has their own',
  'DELETE /viewer/sessions': 'everybody ends their own',
  'DELETE /viewer/sessions/{id}': 'everybody ends their own',
  'PUT /viewer/password': 'everybody has their own',
  'GET /automations': 'lists what is seen: the same tests as those of single automations',
  'GET /entities/{entity}/projects/{project}/runs/{run}/metrics': 'not found where hidden: test/run-pages.test.ts',
  'GET /entities/{entity}/projects/{project}/runs/{run}/history': 'not found where hidden: test/run-pages.test.ts',
  'GET /entities/{entity}/projects/{project}/runs/{run}/firings': 'not found where hidden: test/run-pages.test.ts',
  ...Object.fromEntries(
    ['logs', 'logs/search', 'logs/download', 'files', 'files/content', 'artifacts'].map((part) => [
      `GET /entities/{entity}/projects/{project}/runs/{run}/${part}`,
      'not found where hidden: test/run-details.test.ts',
    ]),
  ),
  ...Object.fromEntries(
    ['PATCH {run}', 'DELETE {run}', 'POST {run}/stop', 'DELETE {run}/files'].map((deed) => [
      deed.replace(' ', ' /entities/{entity}/projects/{project}/runs/'),
      'runs are written by whoever may log: test/run-details.test.ts',
    ]),
  ),
  'GET /entities/{entity}/space': 'not found where hidden: test/space.test.ts',
  'GET /entities/{entity}/projects/{project}/metrics': 'not found where hidden: test/run-pages.test.ts',
  'GET /entities/{entity}/projects/{project}/history': 'not found where hidden: test/run-pages.test.ts',
  'GET /entities/{entity}/projects/{project}/firings': 'not found where hidden: test/run-pages.test.ts',
  'GET /entities/{entity}/projects/{project}/run-count': 'not found where hidden: test/run-lists.test.ts',
  'GET /entities/{entity}/projects/{project}/run-groups': 'not found where hidden: test/run-lists.test.ts',
  'GET /entities/{entity}/projects/{project}/run-keys': 'not found where hidden: test/run-lists.test.ts',
  'POST /entities/{entity}/projects/{project}/run-tags': 'whoever may log: test/run-lists.test.ts',
  'POST /entities/{entity}/projects/{project}/run-stops': 'whoever may log: test/run-lists.test.ts',
  'POST /entities/{entity}/projects/{project}/run-removals': 'whoever may log: test/run-lists.test.ts',
  'GET /viewer/api-keys': 'everybody has their own',
  'POST /viewer/api-keys': 'everybody makes their own',
  'POST /entities/{entity}/slack-channels/connect': 'without an app of Slack it is only refused; test/slack.test.ts',
  'GET /entities/{entity}/audit/export': 'the same as the list: test/audit.test.ts',
  'GET /audit/export': 'the same as the list: test/audit.test.ts',
};

const ARTIFACTS = 'test/artifact-rights.test.ts';
const RUNS = 'runs are written by whoever may log: src/access/permits.test.ts, test/run-reads.test.ts';
const REGISTRIES = 'the same deeds as over REST: test/registry-wire.test.ts';

/** Mutations and root queries of GraphQL that the matrix does not both allow and refuse, each with the reason. */
const GRAPHQL_ELSEWHERE: Readonly<Record<string, string>> = {
  addAliases: ARTIFACTS,
  commitArtifact: ARTIFACTS,
  completeMultipartUploadArtifact: ARTIFACTS,
  createArtifact: ARTIFACTS,
  createArtifactCollectionTagAssignments: ARTIFACTS,
  createArtifactFiles: ARTIFACTS,
  createArtifactManifest: ARTIFACTS,
  deleteAliases: ARTIFACTS,
  deleteArtifact: ARTIFACTS,
  deleteArtifactCollectionTagAssignments: ARTIFACTS,
  deleteArtifactPortfolio: ARTIFACTS,
  deleteArtifactSequence: ARTIFACTS,
  linkArtifact: ARTIFACTS,
  moveArtifactSequence: ARTIFACTS,
  unlinkArtifact: ARTIFACTS,
  updateArtifact: ARTIFACTS,
  updateArtifactManifest: ARTIFACTS,
  updateArtifactPortfolio: ARTIFACTS,
  updateArtifactSequence: ARTIFACTS,
  useArtifact: ARTIFACTS,
  createRunFiles: RUNS,
  deleteFiles: RUNS,
  deleteRun: RUNS,
  markRunFilesUploaded: RUNS,
  notifyScriptableRunAlert: RUNS,
  rewindRun: RUNS,
  stopRun: RUNS,
  updateRunState: RUNS,
  upsertBucket: RUNS,
  upsertSweep: 'refused to everybody: there are no sweeps',
  createProjectMembers: REGISTRIES,
  deleteProjectMembers: REGISTRIES,
  updateProjectMember: REGISTRIES,
  updateProjectTeamMember: REGISTRIES,
  createServiceAccount: 'the same deed as over REST: test/teams.test.ts',
  createUser: 'the same deed as over REST: test/graphql-directory.test.ts',
  deleteInvite: 'the same deed as over REST: test/teams.test.ts',
  deleteApiKey: "of the viewer's own keys",
  generateApiKey: "of the viewer's own keys",
  updateUser: 'changes the viewer',
  artifact: `null where hidden: ${ARTIFACTS}`,
  artifactCollection: `null where hidden: ${ARTIFACTS}`,
  clientIDMapping: `null where hidden: ${ARTIFACTS}`,
  entity: 'null where hidden: the listings of the client',
  model: 'the same as project',
  models: 'none where hidden: test/graphql-directory.test.ts',
  organization: 'null where hidden: test/registry-wire.test.ts',
  project: 'null where hidden: the listings of the client',
  serverInfo: 'tells of no entity',
  users: 'exactly the user who is named: test/graphql-directory.test.ts',
  viewer: 'everybody reads themselves',
};

/** Every route and every root field is allowed and refused above, or somebody decided where else it is. */
export function completeness(stage: () => RightsStage): void {
  test('every route of the public API is allowed to some and refused to others, or listed with a reason', async () => {
    const { rest, calls } = stage();
    const { paths } = (await rest('admin', 'GET', '/openapi.json')).body;
    const routes = Object.entries<object>(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path: path.replace('/api/v1', '') })),
    );
    assert.ok(routes.length > 50, String(routes.length));
    // a fixed segment wins over a parameter, as it does in the server
    const patterns = routes
      .map((route) => ({ ...route, pattern: new RegExp(`^${route.path.replaceAll(/\{[^}]+\}/g, '[^/?]+')}(\\?.*)?$`) }))
      .toSorted((one, other) => one.path.split('{').length - other.path.split('{').length);
    const outcomes = new Map<string, Set<'allowed' | 'refused'>>();
    for (const { method, path, status } of calls) {
      const route = patterns.find((each) => each.method === method && each.pattern.test(path));
      if (route === undefined) continue;
      const name = `${method} ${route.path}`;
      const seen = outcomes.get(name) ?? new Set();
      outcomes.set(name, seen);
      if (status < 300) seen.add('allowed');
      else if (status === 403 || status === 404) seen.add('refused');
    }
    const missing = routes
      .map(({ method, path }) => `${method} ${path}`)
      .filter((name) => (outcomes.get(name)?.size ?? 0) < 2);
    assert.deepEqual(missing.toSorted(), Object.keys(REST_ELSEWHERE).toSorted());
  });

  test('every mutation and root query is allowed to some and refused to others, or listed with a reason', async () => {
    const { as, documents } = stage();
    const { data } = await as(
      'admin',
      '{ __schema { mutationType { fields { name } } queryType { fields { name } } } }',
    );
    const { mutationType, queryType } = data.__schema;
    const mutations: { name: string }[] = mutationType.fields;
    const fields = [...mutations, ...queryType.fields].map(({ name }) => name);
    assert.ok(fields.length > 50, String(fields.length));
    const missing = fields.filter((name) => {
      const asking = new RegExp(`\\b${name}\\(input`);
      const asked = documents.filter(({ query }) => asking.test(query));
      return !(asked.some(({ refused }) => refused) && asked.some(({ refused }) => !refused));
    });
    assert.deepEqual(missing.toSorted(), Object.keys(GRAPHQL_ELSEWHERE).toSorted());
  });
}
