import { plainConfig } from '../../events/run-subject.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { uncleanJson } from '../../model/loose-json.ts';
import { newestTrees, type RunTrees } from '../../store/run-keys.ts';
import type { RestResource } from './app.ts';
import { ofProject, requireProject } from './projects.ts';
import { type KeyKind, runKeys as keysAnswer } from './run-schemas.ts';
import { answers } from './schemas.ts';

/** Runs whose keys are read. */
const SAMPLED = 500;
/** Keys that one answer names. */
const MOST_KEYS = 2_000;
/** Members of members of one key: deeper ones are seldom columns. */
const MOST_PARTS = 4;

/** What there is in the configs and summaries of a project. */
export const runKeys: RestResource = (app, { ground }) => {
  app.get(
    '/entities/:entity/projects/:project/run-keys',
    {
      schema: {
        tags: ['runs'],
        summary: 'List the keys in the configs and summaries of the newest runs of a project, the most frequent first',
        description: `Looks at the newest ${SAMPLED} runs and names at most ${MOST_KEYS.toLocaleString('en')} keys: others can be asked for all the same.`,
        params: ofProject,
        response: answers(200, keysAnswer),
      },
    },
    async ({ viewer, params }) => {
      const { tenantId, id: projectId } = await requireProject(ground, viewer, params);
      const trees = await newestTrees(ground.database, { tenantId, projectId, limit: SAMPLED });
      return { items: countedKeys(trees), sampled: trees.length };
    },
  );
};

interface CountedKey {
  readonly name: string;
  readonly kind: KeyKind;
  readonly runs: number;
}

function countedKeys(trees: readonly RunTrees[]): CountedKey[] {
  const counts = new Map<string, { kind: KeyKind; runs: number }>();
  for (const { config, summary } of trees) {
    for (const [name, value] of [...leaves('config', plainConfig(config)), ...leaves('summary', summary)]) {
      const kind = kindOf(value);
      const known = counts.get(name);
      if (known === undefined) counts.set(name, { kind, runs: 1 });
      else counts.set(name, { kind: known.kind === kind ? kind : 'mixed', runs: known.runs + 1 });
    }
  }
  return [...counts]
    .map(([name, counted]) => ({ name, ...counted }))
    .toSorted((one, other) => other.runs - one.runs || (one.name < other.name ? -1 : 1))
    .slice(0, MOST_KEYS);
}

/** Values with their dotted paths; what the client marks as its own kind of value, such as an image, is one. */
function* leaves(path: string, tree: JsonObject, depth = 1): Generator<[path: string, value: Json]> {
  for (const [key, value] of Object.entries(tree)) {
    if (key === '_wandb' || key === '') continue;
    const read = uncleanJson(value ?? null);
    const within = isJsonObject(read) && !('_type' in read) && depth < MOST_PARTS ? read : undefined;
    if (within === undefined) yield [`${path}.${key}`, read];
    else yield* leaves(`${path}.${key}`, within, depth + 1);
  }
}

function kindOf(value: Json): KeyKind {
  switch (typeof value) {
    case 'number':
      return 'number';
    case 'string':
      return 'text';
    case 'boolean':
      return 'boolean';
    default:
      return 'other';
  }
}
