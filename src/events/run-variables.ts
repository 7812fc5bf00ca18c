import type { Json, JsonObject } from '../model/json.ts';
import { valueAt } from '../model/value-at.ts';
import type { Whereabouts } from './kind.ts';
import type { CapturedRun } from './run-subject.ts';

const CONFIG = 'run_config.';
const SUMMARY = 'run_summary.';

/** The value of a template variable that speaks of a run (automations, section 4.4). */
export function runVariable(run: CapturedRun, name: string): Json | undefined {
  if (name.startsWith(CONFIG)) return valueAt(run.config, name.slice(CONFIG.length));
  if (name.startsWith(SUMMARY)) return valueAt(run.summary, name.slice(SUMMARY.length));
  switch (name) {
    case 'run_name':
      return run.displayName;
    case 'run_id':
      return run.id;
    case 'run_url':
      return run.url ?? undefined;
    case 'run_author':
      return run.author;
    case 'run_tags':
      return run.tags;
    default:
      return undefined;
  }
}

/** For run events the author is the run's (automations, section 4.4). */
export function runWhereabouts({ author, entity, project }: CapturedRun): Whereabouts {
  return { author, entity, project };
}

/** The run's part of the default document. Config and summary stay out: a template asks for what it needs. */
export function runDocument(run: CapturedRun): JsonObject {
  return {
    id: run.id,
    name: run.displayName,
    state: run.state,
    author: run.author,
    tags: run.tags,
    group: run.group,
    job_type: run.jobType,
    url: run.url,
  };
}
