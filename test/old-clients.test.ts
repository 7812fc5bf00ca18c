import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ARTIFACT_DOCUMENTS } from './support/client-artifact-documents.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';

/** As clients before 0.28.1 ask for an automation: its scope is a project or a collection. */
const OLD_TRIGGER = `fragment Automation on Trigger {
  __typename id createdAt updatedAt name description enabled
  scope { __typename ...OfProject ...OfPortfolio ...OfSequence }
  event: triggeringCondition { __typename ...Condition }
  action: triggeredAction { __typename ...Job ...Notification ...Webhook ...Nothing }
}
fragment OfProject on Project { __typename id name }
fragment OfPortfolio on ArtifactPortfolio { __typename id name }
fragment OfSequence on ArtifactSequence { __typename id name }
fragment Condition on FilterEventTriggeringCondition { __typename eventType filter }
fragment Job on QueueJobTriggeredAction { __typename queue { id name } template }
fragment Notification on NotificationTriggeredAction { __typename integration { __typename ...Channel } title message severity }
fragment Webhook on GenericWebhookTriggeredAction { __typename integration { __typename ...Hook } requestPayload }
fragment Nothing on NoOpTriggeredAction { __typename noOp }
fragment Hook on GenericWebhookIntegration { __typename id name urlEndpoint }
fragment Channel on SlackIntegration { __typename id teamName channelName }`;
const PROJECTS = `fragment Projects on ProjectConnection {
  __typename pageInfo { endCursor hasNextPage } edges { cursor node { triggers { ...Automation } } } } ${OLD_TRIGGER}`;
const GET_AUTOMATIONS = `query GetAutomations($cursor: String, $perPage: Int) {
  searchScope: viewer { projects(after: $cursor, first: $perPage) { ...Projects } } } ${PROJECTS}`;
const GET_AUTOMATIONS_BY_ENTITY = `query GetAutomationsByEntity($entityName: String!, $cursor: String, $perPage: Int) {
  searchScope: entity(name: $entityName) { projects(after: $cursor, first: $perPage) { ...Projects } } } ${PROJECTS}`;
const CREATE = `mutation CreateAutomation($params: CreateFilterTriggerInput!) {
  result: createFilterTrigger(input: $params) { __typename trigger { ...Automation } } } ${OLD_TRIGGER}`;
const UPDATE = `mutation UpdateAutomation($params: UpdateFilterTriggerInput!) {
  result: updateFilterTrigger(input: $params) { __typename trigger { ...Automation } } } ${OLD_TRIGGER}`;

const EVERY_RUN = { run_filter: '{"$and":[]}' };
const NO_OP = { triggeredActionType: 'NO_OP', triggeredActionConfig: { noOpActionInput: { noOp: true } } };
const EVENTS = {
  RUN_METRIC: {
    run_metric_filter: {
      threshold_filter: { name: 'loss', agg_op: null, window_size: 1, cmp_op: '$gt', threshold: 10 },
    },
  },
  RUN_METRIC_ZSCORE: {
    run_metric_filter: { zscore_filter: { name: 'loss', window_size: 30, threshold: 3, change_dir: 'ANY' } },
  },
  RUN_STATE: { run_state_filter: { states: ['FAILED'] } },
} as const;

let here: InProcess;

async function idOf(query: string, field: string): Promise<string> {
  return (await here.as('ann', query)).data[field].id;
}

async function create(name: string, event: keyof typeof EVENTS, scope: { scopeType: string; scopeID: string }) {
  const eventFilter = JSON.stringify({ ...EVERY_RUN, ...EVENTS[event] });
  const params = { name, enabled: true, triggeringEventType: event, eventFilter, ...scope, ...NO_OP };
  const { data, message } = await here.as('ann', CREATE, { params });
  assert.equal(message, '');
  return data.result.trigger;
}

async function namesFor(agent: string, query = GET_AUTOMATIONS, variables: object = {}): Promise<string[]> {
  const { data, message } = await here.as('ann', query, { perPage: 50, ...variables }, agent);
  assert.equal(message, '');
  const triggers = data.searchScope.projects.edges.flatMap(
    ({ node }: { node: { triggers: object[] } }) => node.triggers,
  );
  return triggers.map(({ name }: { name: string }) => name).sort();
}

before(async () => {
  here = await openInProcess();
  await here.user('ann');
  await here.organization('acme');
  await here.team('acme', 'vision', { ann: 'admin' });
  await here.as('ann', 'mutation { upsertModel(input: {entityName: "vision", name: "cats"}) { project { id } } }');
});

describe('automations that an old client cannot read are left out of its lists, since one of them fails the whole', () => {
  before(async () => {
    const project = {
      scopeType: 'PROJECT',
      scopeID: await idOf('{ project(entityName: "vision", name: "cats") { id } }', 'project'),
    };
    const team = { scopeType: 'ENTITY', scopeID: await idOf('{ entity(name: "vision") { id } }', 'entity') };
    await create('metric', 'RUN_METRIC', project);
    await create('z-score', 'RUN_METRIC_ZSCORE', project);
    await create('state', 'RUN_STATE', project);
    await create('team', 'RUN_METRIC', team);
  });

  test('run states and z-scores before 0.23.1', async () => {
    for (const version of ['0.19.11', '0.22.3', '0.23.0']) {
      assert.deepEqual(await namesFor(`W&B Public Client ${version}`), ['metric'], version);
      const ofTeam = await namesFor(`W&B Public Client ${version}`, GET_AUTOMATIONS_BY_ENTITY, {
        entityName: 'vision',
      });
      assert.deepEqual(ofTeam, ['metric'], version);
    }
  });

  test('those of whole teams before 0.28.1', async () => {
    for (const version of ['0.23.1', '0.25.1', '0.28.0']) {
      assert.deepEqual(await namesFor(`W&B Public Client ${version}`), ['metric', 'state', 'z-score'], version);
    }
  });

  test('newer clients and other programs are told of all', async () => {
    for (const agent of ['W&B Public Client 0.28.1', 'W&B Public Client 1.0.0', 'W&B Public Client next', 'curl/8.0']) {
      assert.deepEqual(await namesFor(agent), ['metric', 'state', 'team', 'z-score'], agent);
    }
  });
});

test('an old client changes what it made', async () => {
  const scopeID = await idOf('{ project(entityName: "vision", name: "cats") { id } }', 'project');
  const made = await create('changed', 'RUN_METRIC', { scopeType: 'PROJECT', scopeID });
  const params = {
    id: made.id,
    name: 'changed',
    enabled: false,
    scopeType: 'PROJECT',
    scopeID,
    triggeringEventType: 'RUN_METRIC',
    eventFilter: made.event.filter,
    ...NO_OP,
  };
  const { data } = await here.as('ann', UPDATE, { params }, 'W&B Public Client 0.19.11');
  assert.deepEqual(data.result.trigger, { ...made, enabled: false, updatedAt: data.result.trigger.updatedAt });
});

test('`wandb sync` before 0.30 finds where to put files by their display names, and puts a manifest of each kind', async () => {
  const place = { entityName: 'vision', projectName: 'cats' };
  const created = await here.as(
    'ann',
    'mutation Create($input: CreateArtifactInput!) { createArtifact(input: $input) { artifact { id } } }',
    {
      input: {
        ...{ ...place, artifactTypeName: 'dataset', artifactCollectionName: 'offline', clientID: 'offline' },
        ...{ digest: '0'.repeat(32), digestAlgorithm: 'MANIFEST_MD5' },
      },
    },
  );
  const artifactID = created.data.createArtifact.artifact.id;
  const md5 = '1B2M2Y8AsgTpgAmY7PhCfg==';
  const names = ['one.txt', 'a folder/two.txt'];
  const files = await here.as('ann', ARTIFACT_DOCUMENTS['CreateArtifactFiles of 0.29']!, {
    storageLayout: 'V2',
    artifactFiles: names.map((name) => ({ artifactID, name, md5 })),
  });
  const nodes = files.data.createArtifactFiles.files.edges.map(({ node }: { node: object }) => node);
  assert.deepEqual(
    nodes.map(({ displayName }: { displayName: string }) => displayName),
    names,
  );
  const manifest = { ...place, runName: '', name: 'wandb_manifest.json', artifactID, type: 'INCREMENTAL' };
  const made = await here.as('ann', ARTIFACT_DOCUMENTS['CreateArtifactManifest of 0.29']!, {
    ...{ ...manifest, digest: '', includeUpload: false },
  });
  const { id, file } = made.data.createArtifactManifest.artifactManifest;
  assert.deepEqual(file, { id, name: 'wandb_manifest.json', displayName: 'wandb_manifest.json' });
  const told = await here.as('ann', ARTIFACT_DOCUMENTS['UpdateArtifactManifest of 0.29']!, {
    ...{ artifactManifestID: id, digest: md5, includeUpload: true },
  });
  assert.match(told.data.updateArtifactManifest.artifactManifest.file.uploadUrl, /^http/);
});
