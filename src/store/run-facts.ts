import { plainConfig, runFacts } from '../events/run-subject.ts';
import type { Filter } from '../filter/filter.ts';
import type { Facts } from '../filter/match.ts';
import { type Json, type JsonObject, objectOf } from '../model/json.ts';
import { uncleanJson } from '../model/loose-json.ts';
import { isStorable } from '../model/storable.ts';
import type { Parameters } from './list-columns.ts';
import { topKeys } from './run-fields.ts';
import type { RunView } from './run-views.ts';

/** What a filter asks of a run beside its view; only the members of config and summary that it names. */
export interface ListedFacts {
  readonly config?: Json;
  readonly summary?: Json;
  readonly username?: string | null;
}

/** One `jsonb` column with the {@link ListedFacts} of a filter. */
export function factColumns(filter: Filter | undefined, parameters: Parameters): string {
  const fields = [...(filter?.fields ?? [])];
  return `jsonb_build_object(
    'config', ${part('r.config', 'config.', fields, parameters)},
    'summary', ${part('s.summary', 'summary.', fields, parameters)},
    'username', ${fields.includes('username') ? '(select u.username from app_user u where u.id = r.user_id)' : 'null'})`;
}

function part(tree: string, prefix: string, fields: readonly string[], parameters: Parameters): string {
  const paths = fields.filter((field) => field.startsWith(prefix)).map((field) => field.slice(prefix.length));
  // the written form may be a key of its own: `lr.value`, `optimizer.value.lr`
  const written = paths.flatMap((path) => [path, `${path}.value`, path.replace('.', '.value.')]);
  const keys = [...new Set(written.flatMap(topKeys))].filter(isStorable);
  if (keys.length === 0) return 'null';
  return `(select jsonb_object_agg(k, ${tree} -> k) from unnest(${parameters.add(keys, 'text[]')}) as k
    where ${tree} ? k)`;
}

/** What is true of a listed run (see {@link runFacts}), and what only lists may ask. */
export function listedFacts(run: RunView, facts: ListedFacts, names: { project: string; entity: string }): Facts {
  const known = runFacts({
    ...run,
    id: run.name,
    entity: names.entity,
    project: names.project,
    author: facts.username ?? '',
    config: plainConfig(plainObject(facts.config)),
    summary: plainObject(facts.summary),
    createdAt: new Date(run.createdAt).toISOString(),
    heartbeatAt: run.heartbeatAt === null ? null : new Date(run.heartbeatAt).toISOString(),
    url: null,
  });
  return (field) => {
    if (field === 'commit') return run.commit ?? undefined;
    if (field === 'duration') return run.heartbeatAt === null ? undefined : (run.heartbeatAt - run.createdAt) / 1000;
    return known(field);
  };
}

function plainObject(value: Json | undefined): JsonObject {
  return objectOf(value === undefined ? undefined : uncleanJson(value));
}
