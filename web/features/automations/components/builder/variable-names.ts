import type { EventType } from './draft.ts';
import { ARTIFACT_TYPES } from './draft.ts';

const ALL = [
  ...['event_type', 'event_author', 'entity_name', 'project_name', 'automation_name', 'automation_url'],
  ...['execution_id', 'occurred_at'],
];
const RUN = ['run_name', 'run_id', 'run_url', 'run_author', 'run_tags', 'run_config.lr', 'run_summary.loss'];
const METRIC = ['metric_name', 'metric_values', 'metric_filter', 'metric_filter_short', 'metric_current_status'];
const COLLECTION = ['artifact_collection_name', 'artifact_type', 'artifact_url'];
const VERSION = [
  ...['artifact_version', 'artifact_version_string', 'artifact_version_index', 'artifact_digest'],
  ...['artifact_metadata.key', 'source_run_name'],
];

/** What a template may use of an event (automations, section 4.4). */
export function variablesOf(type: EventType): readonly string[] {
  if (type === 'RUN_STATE') return [...RUN, 'run_status', ...ALL];
  if (!ARTIFACT_TYPES.some((each) => each === type)) return [...METRIC, ...RUN, ...ALL];
  if (type.includes('COLLECTION')) return ['tag', ...COLLECTION, ...ALL];
  if (type.includes('ALIAS')) return ['alias', 'previous_version_string', ...COLLECTION, ...VERSION, ...ALL];
  return [...(type.includes('TAG') ? ['tag'] : []), ...COLLECTION, ...VERSION, ...ALL];
}
