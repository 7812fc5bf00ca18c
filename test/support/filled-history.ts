import { CREATE_PROJECT } from './documents.ts';
import { graphqlWith } from './graphql.ts';
import { pushRun } from './pushed-run.ts';
import type { Received } from './receiver.ts';
import { rest } from './rest.ts';
import type { Server } from './server.ts';
import { MINUTE } from './test-clock.ts';
import { until } from './wait.ts';

/** Where it happens, and where its webhook leads. */
interface HistoryPlace {
  readonly server: Server;
  readonly key: string;
  readonly entity: string;
  readonly url: string;
}

const PROJECT = 'nightly-benchmarks-of-every-backbone-and-resolution';
const RUNS = 70;
const BACKBONES = ['convnext-tiny', 'vit-b', 'resnet-152-imagenet21k-pretrained-augmentation-heavy', 'swin-v2-large'];

/** What answers for a gateway that is not always well. */
export function answerOfGateway({ body }: Received): number {
  const number = Number(/seed-(\d+)/.exec(body)?.[1] ?? 0);
  if (number % 9 === 4) return 503;
  return number % 11 === 3 ? 422 : 200;
}

/** A project of many runs, each of which told a webhook how it began and ended: hundreds of executions, some failed. */
export async function fillHistory({ server, key, entity, url }: HistoryPlace): Promise<void> {
  const make = <Body>(path: string, body: object) =>
    rest<Body>(server, key, `/entities/${entity}/${path}`, { method: 'POST', body });
  const description = 'Every night, the same benchmark for all that might be shipped one day.';
  await graphqlWith(server, key)(CREATE_PROJECT, { input: { name: PROJECT, entityName: entity, description } });
  const gateway = { name: 'benchmark gateway of the evaluation cluster in building seven', url, schedule: 'short' };
  const { id: integrationId } = await make<{ id: string }>('integrations', gateway);
  const scope = { kind: 'project', project: PROJECT };
  const states = ['RUNNING', 'FINISHED', 'FAILED'];
  const action = { type: 'GENERIC_WEBHOOK', integrationId };
  await make('automations', {
    ...{ name: 'Tell the evaluation cluster how each nightly benchmark stands', scope, action },
    event: { type: 'RUN_STATE', states },
  });
  for (let number = 1; number <= RUNS; number += 1) await benchmark({ server, key, entity, url }, number);
  const waiting = `/entities/${entity}/executions?status=pending&limit=1`;
  await until('the gateway to have heard of everything', async () => {
    const [execution] = (await rest<{ items: { nextAttemptAt: string | null }[] }>(server, key, waiting)).items;
    // what it refused is tried again until the schedule is over, however late its former attempts were
    const ahead = Date.parse(execution?.nextAttemptAt ?? '') - server.clock.now();
    if (ahead > 0) server.clock.move(ahead);
    return execution === undefined;
  });
}

async function benchmark({ server, key, entity }: HistoryPlace, number: number): Promise<void> {
  const backbone = BACKBONES[number % BACKBONES.length] ?? '';
  const run = await pushRun(
    { server, key, entity, project: PROJECT },
    {
      displayName: `${backbone}-at-${224 + 32 * (number % 5)}px-seed-${number}`,
      config: { backbone, resolution: 224 + 32 * (number % 5), seed: number, optimizer: { name: 'adamw', lr: 3e-4 } },
      tags: number % 4 === 0 ? ['candidate', 'nightly'] : ['nightly'],
    },
  );
  await run.push({ summary: { 'top-1': 0.7 + (number % 17) / 100, 'images per second': 900 - 7 * number } });
  await run.finish(number % 8 === 5 ? 1 : 0);
  server.clock.move(17 * MINUTE);
}
