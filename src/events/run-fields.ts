import { type FieldCatalogue, type FieldEntry, fieldCatalogue, type TreeEntry } from '../filter/catalogue.ts';
import type { Filter } from '../filter/filter.ts';
import { parseFilter } from '../filter/parse.ts';
import type { Json } from '../model/json.ts';

/** The fields of a run that any filter over runs may name (automations, section 3.1). */
export const RUN_FIELD_ENTRIES = {
  display_name: { kind: 'scalar', synonyms: ['displayName'] },
  name: { kind: 'scalar' },
  username: { kind: 'scalar', synonyms: ['user', 'user.username'] },
  tags: { kind: 'set' },
  group: { kind: 'scalar' },
  job_type: { kind: 'scalar', synonyms: ['jobType'] },
  sweep: { kind: 'scalar' },
  notes: { kind: 'scalar', synonyms: ['description'] },
  host: { kind: 'scalar' },
  state: { kind: 'scalar' },
  created_at: { kind: 'instant', synonyms: ['createdAt'] },
  heartbeat_at: { kind: 'instant', synonyms: ['heartbeatAt'] },
  project: { kind: 'scalar' },
  entity: { kind: 'scalar' },
} as const satisfies Record<string, FieldEntry>;

/** The trees of a run whose members are fields. */
export const RUN_FIELD_TREES = {
  config: { valueSuffix: true },
  summary: { synonyms: ['summary_metrics', 'summaryMetrics'] },
} as const satisfies Record<string, TreeEntry>;

/** The fields of run filters of automations. */
export const RUN_FIELDS: FieldCatalogue = fieldCatalogue('run', RUN_FIELD_ENTRIES, RUN_FIELD_TREES);

/** What lists of runs may be filtered and ordered by (wandb protocol, 6.2): more than an automation may ask. */
export const LISTED_RUN_FIELDS: FieldCatalogue = fieldCatalogue(
  'run',
  {
    ...RUN_FIELD_ENTRIES,
    commit: { kind: 'scalar' },
    /** Seconds from the start to the last sign of life. */
    duration: { kind: 'scalar' },
  },
  RUN_FIELD_TREES,
);

/** Parses the run filter of an event. @throws TriplineError invalid */
export function parseRunFilter(json: Json, path = 'run_filter'): Filter {
  return parseFilter(json, RUN_FIELDS, path);
}
