import { setTimeout as rest } from 'node:timers/promises';
import type { RunningServer } from '../../server/start.ts';
import { DEMO_USER, openDemoAccount } from './demo-account.ts';
import { createDemoClient, type DemoClient } from './demo-client.ts';
import { type DemoReceiver, openDemoReceiver } from './demo-receiver.ts';

const PROJECT = 'demo';
const LINE = 0.3;
const STEPS = 24;
const STEP_MS = 120;
const PATIENCE_MS = 15_000;

const UPSERT_BUCKET = `mutation UpsertBucket($entity: String, $project: String, $name: String) {
  upsertBucket(input: { entityName: $entity, modelName: $project, name: $name }) { bucket { displayName } inserted }
}`;

const CREATE_PROJECT = `mutation CreateProject($entity: String, $project: String) {
  upsertModel(input: { entityName: $entity, name: $project }) { inserted }
}`;

/**
 * Shows the whole way in one terminal: a receiver, an automation, and a training run sent over the client's own
 * protocol, whose loss crosses a line. The automation is taken away again, so that it fires at no one.
 */
export async function demonstrate(server: RunningServer): Promise<void> {
  const account = await openDemoAccount(server.ground);
  const receiver = await openDemoReceiver();
  const client = createDemoClient(server.url, account.apiKey);
  const name = `demo-${Date.now().toString(36)}`;
  try {
    const takeAway = await automate(client, name, receiver);
    await train(client, name, receiver);
    await tellExecution(client);
    await takeAway();
  } finally {
    receiver.close();
    await account.close();
  }
  say('That was all. Your own scripts do the same with the wandb client; README.md begins with one.');
}

async function automate(client: DemoClient, name: string, receiver: DemoReceiver): Promise<() => Promise<void>> {
  const { id: integrationId = '' } = await client.rest('POST', `/entities/${DEMO_USER}/integrations`, {
    name,
    url: receiver.url,
  });
  await client.graphql(CREATE_PROJECT, { entity: DEMO_USER, project: PROJECT });
  const { id: automationId } = await client.rest('POST', `/entities/${DEMO_USER}/automations`, {
    name,
    scope: { kind: 'project', project: PROJECT },
    event: {
      type: 'RUN_METRIC',
      metric: 'loss',
      aggregation: 'AVERAGE',
      window: 3,
      comparison: '$lt',
      threshold: LINE,
    },
    action: {
      type: 'GENERIC_WEBHOOK',
      integrationId,
      payload: { text: '${run_name} is good enough: ${metric_current_status}', values: '${metric_values}' },
    },
  });
  say(`A receiver listens on ${receiver.url}`);
  say(
    `An automation watches project ${DEMO_USER}/${PROJECT}: when AVERAGE(loss) over the last 3 values < ${LINE}, call it.`,
  );
  return async () => {
    await client.rest('DELETE', `/entities/${DEMO_USER}/automations/${String(automationId)}`);
  };
}

async function train(client: DemoClient, name: string, receiver: DemoReceiver): Promise<void> {
  const run = { entity: DEMO_USER, project: PROJECT, name };
  await client.graphql(UPSERT_BUCKET, run);
  say(`Run ${name} trains:`);
  const told = receiver.payload.then((payload) => say(`  the automation fired; the receiver got  ${payload}`));
  for (let step = 0; step < STEPS; step += 1) {
    const loss = Math.exp(-step / 8);
    const line = JSON.stringify({
      _step: step,
      _timestamp: Date.now() / 1000,
      _runtime: (step * STEP_MS) / 1000,
      loss,
    });
    await client.fileStream(run, { files: { 'wandb-history.jsonl': { offset: step, content: [line] } } });
    say(`  step ${String(step).padStart(2)}  loss ${loss.toFixed(3)}  ${'#'.repeat(Math.round(loss * 40))}`);
    await rest(STEP_MS);
  }
  await client.fileStream(run, { complete: true, exitcode: 0 });
  const inTime = await Promise.race([told.then(() => true), rest(PATIENCE_MS, false, { ref: false })]);
  if (!inTime) say('  nothing arrived: deliveries to this machine must be allowed, with --delivery-allow 127.0.0.1');
}

async function tellExecution(client: DemoClient): Promise<void> {
  const { items = [] } = await client.rest('GET', `/entities/${DEMO_USER}/executions?limit=1`);
  say(`Its execution, as GET /api/v1/entities/${DEMO_USER}/executions tells it:`);
  say(JSON.stringify(items, undefined, 2));
}

function say(line: string): void {
  console.log(line);
}
