import type { Filter } from '../filter/filter.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import { readJson } from '../model/read-json.ts';
import { filterTree } from './filter-tree.ts';
import type { ScopeForm } from './kind.ts';
import { parseRunFilter } from './run-fields.ts';

/** Runs lie in projects: a collection has none. */
export const RUN_SCOPES: readonly ScopeForm[] = ['project', 'entity'];

const EVERY_RUN = { $and: [] };

/** The run filter of a stored event: kept as received, refused when it does not compile. */
export const runFilterSchema = filterTree((json) => parseRunFilter(json, 'runFilter'))
  .default(EVERY_RUN)
  .describe('A filter over runs in the MongoDB-like grammar of the wandb client; {"$and":[]} is every run.');

/** Which runs an event is about. */
export const runFilter = (event: { readonly runFilter: Json }): Filter => parseRunFilter(event.runFilter);

/** The client's `run_filter`: a JSON text, or the tree itself; absent is every run. @throws TriplineError invalid */
export function readRunFilter(wire: Json | undefined): Json {
  const tree = typeof wire === 'string' ? readJson(wire, 'run_filter') : (wire ?? EVERY_RUN);
  parseRunFilter(tree);
  return tree;
}

/**
 * Whether the event filter of a run event lacks its condition. A client that met a comparison it does not know
 * sends back `{"$and":[]}`; an update with it leaves the stored filter unchanged (automations, section 2.6).
 */
export function hasNoRunCondition(eventFilter: Json): boolean {
  const filter = typeof eventFilter === 'string' ? readJson(eventFilter, 'eventFilter') : eventFilter;
  if (!isJsonObject(filter)) return true;
  return ['run_metric_filter', 'run_state_filter', 'metric_filter'].every((key) => (filter[key] ?? null) === null);
}
