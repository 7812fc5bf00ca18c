import { CREATE_PROJECT } from './documents.ts';
import { fillArtifacts } from './filled-artifacts.ts';
import { fillCharts } from './filled-charts.ts';
import { answerOfGateway, fillHistory } from './filled-history.ts';
import { fillRun } from './filled-run.ts';
import { graphqlWith } from './graphql.ts';
import { keptAlive } from './kept-alive.ts';
import { type PushedRun, pushRun, type RunFields } from './pushed-run.ts';
import { startReceiver } from './receiver.ts';
import { rest } from './rest.ts';
import { type Server, startServer } from './server.ts';
import { startSlackServer } from './slack-server.ts';
import { HOUR, MINUTE } from './test-clock.ts';

/** A team as it looks after some weeks of work, for whoever looks at the screens. */
export interface FilledTeam {
  readonly username: string;
  readonly password: string;
  readonly key: string;
  readonly organization: string;
  readonly team: string;
  readonly project: string;
  /** Id of a run that finished. */
  readonly run: string;
  /** Id of a run of `pose-estimation` with long curves, for which an automation fired. */
  readonly charted: string;
}

const PEOPLE = ['maria', 'tom.becker', 'aiko', 'samir'];
const KEY = 'maria'.padEnd(40, 'k');
const PASSWORD = 'a password of the screenshots';
const NAMES = ['dazzling-sun', 'calm-lake', 'fresh-bloom', 'wild-river', 'soft-cloud', 'bold-fire', 'quiet-dawn'];

/** A server with such a team, whose Slack channel leads to this machine. */
export interface FilledServer {
  readonly server: Server;
  readonly team: FilledTeam;
  dispose(): Promise<void>;
}

export async function openFilledServer(): Promise<FilledServer> {
  const slack = await startSlackServer();
  const receiver = await startReceiver(answerOfGateway);
  const server = await startServer({ env: { TRIPLINE_SLACK_URL: slack.url } });
  const { team, live } = await fillTeam(server, { slack: slack.hook().url, gateway: receiver.inbox().url });
  // whoever looks at all screens takes longer than a run may be silent
  const alive = keptAlive(live);
  const dispose = async () => {
    await alive.end();
    await server.dispose();
    await Promise.all([slack.close(), receiver.close()]);
  };
  return { server, team, dispose };
}

/** Where messages and requests go. */
interface Receivers {
  readonly slack: string;
  readonly gateway: string;
}

async function fillTeam(server: Server, urls: Receivers): Promise<{ team: FilledTeam; live: PushedRun }> {
  const admin = <Body>(path: string, body: object) =>
    rest<Body>(server, server.adminKey, path, { method: 'POST', body });
  const [organization, team] = ['lumen-labs', 'vision'];
  for (const username of PEOPLE) {
    const password = username === 'maria' ? PASSWORD : undefined;
    const person = { username, email: `${username}@lumen.example`, apiKey: keyOf(username), password };
    await admin('/users', { ...person, admin: username === 'maria' });
  }
  const members = PEOPLE.map((username, index) => ({ username, role: index < 2 ? 'admin' : 'member' }));
  await admin('/organizations', { name: organization, members });
  for (const name of [team, 'language', 'robotics'])
    await admin(`/organizations/${organization}/teams`, { name, members });
  for (const description of ['nightly training', 'CI of the model repository'])
    await admin(`/entities/${team}/service-accounts`, { description });
  for (const [email, role] of Object.entries({ 'ines@lumen.example': 'member', 'k.osei@partner.example': 'viewer' }))
    await admin(`/entities/${team}/invites`, { email, role });
  await fillRegistries(server, organization);
  for (const description of ['laptop', 'training cluster', 'CI of the model repository']) {
    await rest(server, KEY, '/viewer/api-keys', { method: 'POST', body: { description } });
  }
  await fillProjects(server, team);
  await fillAutomations(server, team, urls.slack);
  await fillHistory({ server, key: KEY, entity: team, url: urls.gateway });
  const runs = await fillRuns(server, team);
  await fillRun({ server, key: KEY, entity: team, project: 'segmentation', run: runs[0] ?? '' });
  await fillArtifacts({ server, key: KEY, organization, team, project: 'segmentation', runs });
  // last of those that move the clock: one of its runs is still in progress
  const { charted, live } = await fillCharts(server, team, keyOf);
  await takeFirstSteps(server, 'robotics');
  const names = { organization, team, project: 'segmentation', run: runs[0] ?? '', charted: charted.id };
  return { team: { username: 'maria', password: PASSWORD, key: KEY, ...names }, live };
}

const keyOf = (username: string): string => username.padEnd(40, 'k');

async function fillProjects(server: Server, team: string): Promise<void> {
  const graphql = graphqlWith(server, KEY);
  const projects: Readonly<Record<string, string>> = {
    'pose-estimation': 'Keypoints for the warehouse cameras.',
    'lane-detection': '',
    segmentation: 'Instance masks for road scenes; the model behind the annotation tool.',
  };
  for (const [name, description] of Object.entries(projects)) {
    await graphql(CREATE_PROJECT, { input: { name, entityName: team, description } });
    server.clock.move(9 * HOUR);
  }
}

async function fillRuns(server: Server, team: string): Promise<string[]> {
  const runs: string[] = [];
  for (let number = 1; number <= 14; number += 1) {
    // the last ones are still running: they must not fall silent for long
    server.clock.move(number < 12 ? 47 * MINUTE : MINUTE);
    runs.push(await train(server, team, number));
  }
  return runs;
}

async function train(server: Server, entity: string, number: number): Promise<string> {
  const person = PEOPLE[number % PEOPLE.length] ?? 'maria';
  const place = { server, key: keyOf(person), entity, project: 'segmentation', projectId: '' };
  const fields: RunFields = {
    displayName: `${NAMES[number % NAMES.length]}-${number}`,
    config: { lr: 0.0003 * number, batch_size: 64, backbone: 'vit-b', epochs: 40, augment: true },
    tags: number % 3 === 0 ? ['baseline'] : [],
  };
  const run = await pushRun(place, fields);
  const rows = Array.from({ length: 8 }, (_, step) => ({
    'train/loss': 1.9 / (step + 1 + number / 9),
    'val/loss': 2.1 / (step + 1 + number / 11),
    'val/mIoU': 0.61 + step * 0.021 + number * 0.004,
    epoch: step,
  }));
  await run.push({ history: rows, summary: rows.at(-1)! });
  // most are done, some went wrong, the last three are at it
  if (number < 12) await run.finish(number % 5 === 0 ? 1 : 0);
  return run.id;
}

async function fillAutomations(server: Server, team: string, slackUrl: string): Promise<void> {
  const make = <Body>(path: string, body: object) =>
    rest<Body>(server, KEY, `/entities/${team}/${path}`, { method: 'POST', body });
  for (const name of ['CI_TOKEN', 'DEPLOY_SIGNING_KEY']) await make('secrets', { name, value: `the value of ${name}` });
  const { id: deploy } = await make<{ id: string }>('integrations', {
    name: 'deploy',
    url: 'https://ci.lumen.example/hooks/deploy',
    accessTokenRef: 'CI_TOKEN',
    secretRef: 'DEPLOY_SIGNING_KEY',
    headers: { 'X-Team': 'vision', 'X-Run': '${run_name}' },
    schedule: 'short',
  });
  const { id: old } = await make<{ id: string }>('integrations', {
    name: 'old notebook bot',
    url: 'https://bots.lumen.example/notebooks',
  });
  await rest(server, KEY, `/entities/${team}/integrations/${old}`, { method: 'PATCH', body: { enabled: false } });
  const { id: pager } = await make<{ id: string }>('integrations', {
    name: 'pager',
    url: 'https://pager.lumen.example/v2/enqueue',
  });
  const slack = { teamName: 'Lumen', channelName: '#training', url: slackUrl };
  const { id: channel } = await make<{ id: string }>('slack-channels', slack);
  const alerts = { runCrashed: [channel], deliveryTrouble: [channel] };
  await rest(server, KEY, `/entities/${team}/alerts`, { method: 'PATCH', body: alerts });
  const project = { kind: 'project', project: 'segmentation' };
  const hook = (integrationId: string) => ({ type: 'GENERIC_WEBHOOK', integrationId });
  const tell = { type: 'NOTIFICATION', integrationId: channel };
  const loss = {
    type: 'RUN_METRIC',
    metric: 'val/loss',
    aggregation: 'AVERAGE',
    window: 10,
    comparison: '$gt',
    threshold: 0.8,
  };
  const jump = {
    ...{ type: 'RUN_METRIC_CHANGE', metric: 'val/mIoU', aggregation: 'AVERAGE', currentWindow: 5, priorWindow: 5 },
    ...{ changeType: 'RELATIVE', direction: 'DECREASE', amount: 0.1 },
  };
  const automations = [
    { name: 'Validation loss is too high', scope: project, event: loss, action: tell },
    { name: 'mIoU drops by a tenth', scope: project, event: jump, action: hook(pager) },
    { name: 'A run failed', scope: { kind: 'entity' }, event: { type: 'RUN_STATE', states: ['FAILED'] }, action: tell },
    {
      name: 'Gradient norm leaves its range',
      scope: project,
      event: { type: 'RUN_METRIC_ZSCORE', metric: 'grad_norm' },
      action: { type: 'NO_OP' },
      enabled: false,
    },
    {
      name: 'Deploy what is tagged production',
      scope: { kind: 'entity' },
      event: { type: 'ADD_ARTIFACT_ALIAS', filter: { alias: 'production' } },
      action: hook(deploy),
    },
  ];
  for (const automation of automations) {
    await make('automations', automation);
    server.clock.move(3 * HOUR);
  }
}

/** As the page that leads somebody new has it. */
async function takeFirstSteps(server: Server, entity: string): Promise<void> {
  const project = 'first-steps';
  await graphqlWith(server, KEY)(CREATE_PROJECT, { input: { name: project, entityName: entity } });
  const body = {
    name: 'loss is low',
    scope: { kind: 'project', project },
    event: { type: 'RUN_METRIC', metric: 'loss', comparison: '$lt', threshold: 0.1 },
    action: { type: 'NO_OP' },
  };
  await rest(server, KEY, `/entities/${entity}/automations`, { method: 'POST', body });
  const place = { server, key: KEY, entity, project, projectId: '' };
  const run = await pushRun(place, { displayName: 'amber-field-1' });
  await run.log(...Array.from({ length: 30 }, (_, step) => ({ loss: 1 / (step + 1) })));
  await run.finish();
}

async function fillRegistries(server: Server, organization: string): Promise<void> {
  for (const [name, description] of [
    ['models', 'What may be deployed.'],
    ['datasets', 'Frozen splits, with who released them.'],
  ]) {
    await rest(server, KEY, `/organizations/${organization}/registries`, {
      method: 'POST',
      body: {
        name,
        description,
        visibility: 'Team',
        artifactTypes: ['model', 'dataset'].filter((type) => name?.startsWith(type)),
      },
    });
  }
}
