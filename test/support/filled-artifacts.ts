import { randomBytes } from 'node:crypto';
import { artifactDeeds } from './artifact-deeds.ts';
import { graphqlWith } from './graphql.ts';
import { logVersion, type VersionToLog } from './logged-version.ts';
import { rest } from './rest.ts';
import type { Server } from './server.ts';
import { HOUR } from './test-clock.ts';

interface Place {
  readonly server: Server;
  readonly key: string;
  readonly organization: string;
  readonly team: string;
  readonly project: string;
  /** Ids of runs that log the versions. */
  readonly runs: readonly string[];
}

const REGISTRY = 'wandb-registry-models';

const USE = 'mutation UseArtifact($input: UseArtifactInput!) { useArtifact(input: $input) { artifact { id } } }';

const SCORES = {
  columns: ['class', 'IoU', 'pixels'],
  data: [
    ['road', 0.94, 182_000],
    ['kerb', 0.71, 20_400],
    ['sign', 0.66, 3_100],
  ],
};

/** What lies beside the weights. */
const FILES: Readonly<Record<string, Buffer>> = {
  'config.json': Buffer.from(JSON.stringify({ backbone: 'vit-b', input: [512, 1024], classes: 19 })),
  'readme.md': Buffer.from('# Road segmentation\n\nTrained on scenes of six cameras, by day and by night.\n'),
  'eval/scores.table.json': Buffer.from(JSON.stringify(SCORES)),
  'labels/classes.txt': Buffer.from('road\nkerb\nsign\nvegetation\n'),
  'labels/colours.csv': Buffer.from('class,colour\nroad,#804080\nkerb,#f423e8\n'),
};

/** Models and datasets of some weeks, of which the best models are linked to a registry that automations watch. */
export async function fillArtifacts({ server, key, organization, team, project, runs }: Place): Promise<void> {
  const graphql = graphqlWith(server, key);
  const { link, addAliases, tagCollection } = artifactDeeds(graphql);
  const log = async (version: Omit<VersionToLog, 'files' | 'run'>, number: number, bytes: number) => {
    server.clock.move(5 * HOUR);
    const files = { ...FILES, 'model.safetensors': randomBytes(bytes) };
    return logVersion(
      { graphql, scene: { team, project } },
      { ...version, files, run: runs[number % runs.length] ?? '' },
    );
  };
  await log({ collection: 'road-scenes', type: 'dataset', aliases: ['frozen'], tags: ['2026 Q1'] }, 0, 52_000);
  const scenes = { collection: 'road-scenes', type: 'dataset', metadata: { frames: 18_400, cameras: 6 } };
  const [frames, labels] = [
    await log(scenes, 1, 61_000),
    await log({ collection: 'label-map', type: 'dataset' }, 2, 2_000),
  ];
  const use = (artifactID: string, number: number) =>
    graphql(USE, {
      input: { artifactID, entityName: team, projectName: project, runName: runs[number % runs.length] ?? '' },
    });
  await log({ collection: 'run-1-predictions', type: 'run_table' }, 0, 9_000);
  const models: string[] = [];
  for (let number = 0; number < 6; number += 1) {
    const metadata = {
      epoch: 8 + number,
      eval: { mIoU: 0.702 + number * 0.011, loss: 0.31 - number * 0.02 },
      backbone: 'vit-b',
    };
    if (number > 2) for (const used of [frames, labels]) await use(used, number);
    const tags = number % 2 === 0 ? ['pruned'] : [];
    models.push(
      await log({ collection: 'mask-vit', aliases: number === 4 ? ['best'] : [], tags, metadata }, number, 240_000),
    );
  }
  await use(models[4] ?? '', 0);
  await tagCollection({ entity: team, project, collection: 'mask-vit' }, { add: ['road'] });
  const portfolio = { entity: organization, project: REGISTRY, collection: 'Road segmentation' };
  await link(models[1] ?? '', portfolio);
  await watch(server, key, organization, portfolio.collection);
  for (const version of [models[3], models[4]]) {
    server.clock.move(2 * HOUR);
    await link(version ?? '', portfolio, 'staging');
  }
  await addAliases(models[4] ?? '', portfolio, 'production');
}

async function watch(server: Server, key: string, organization: string, collection: string): Promise<void> {
  const project = { kind: 'project', project: REGISTRY };
  const automations = [
    {
      name: 'Tell who releases',
      scope: project,
      event: { type: 'ADD_ARTIFACT_ALIAS', filter: { alias: 'production' } },
    },
    {
      name: 'Benchmark what is linked',
      scope: { ...project, kind: 'collection', collection },
      event: { type: 'LINK_MODEL' },
    },
    { name: 'Keep an eye on every link', scope: { kind: 'entity' }, event: { type: 'LINK_MODEL' } },
  ];
  for (const automation of automations) {
    const body = { ...automation, action: { type: 'NO_OP' } };
    await rest(server, key, `/entities/${organization}/automations`, { method: 'POST', body });
  }
}
