import type { Facts } from '../filter/match.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { RunState } from '../model/run-state.ts';
import { valueAt } from '../model/value-at.ts';

/**
 * A run as an event captures it and as filters see it: nothing is looked up later, so a delivery that is
 * repeated hours afterwards says what was true then (automations, section 2.2).
 */
export interface CapturedRun {
  /** The client's run id (`name` on the wire). */
  readonly id: string;
  readonly displayName: string;
  readonly entity: string;
  readonly project: string;
  /** User name of the run's author. */
  readonly author: string;
  readonly tags: readonly string[];
  readonly group: string | null;
  readonly jobType: string | null;
  readonly sweep: string | null;
  readonly notes: string | null;
  readonly host: string | null;
  /** Plain values, without the client's `{"value": …}` around each. */
  readonly config: JsonObject;
  readonly summary: JsonObject;
  readonly state: RunState;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly heartbeatAt: string | null;
  /** The run's page, when the server knows its public address. */
  readonly url: string | null;
}

/** What a run filter can ask of a run, by canonical field name. */
export function runFacts(run: CapturedRun): Facts {
  return (field) => plainFact(run, field) ?? treeFact(run, field);
}

function treeFact(run: CapturedRun, field: string): Json | undefined {
  if (field.startsWith('config.')) return valueAt(run.config, field.slice('config.'.length));
  return field.startsWith('summary.') ? valueAt(run.summary, field.slice('summary.'.length)) : undefined;
}

function plainFact(run: CapturedRun, field: string): Json | undefined {
  switch (field) {
    case 'display_name':
      return run.displayName;
    case 'name':
      return run.id;
    case 'username':
      return run.author;
    case 'tags':
      return run.tags;
    case 'group':
      return run.group ?? undefined;
    case 'job_type':
      return run.jobType ?? undefined;
    case 'sweep':
      return run.sweep ?? undefined;
    case 'notes':
      return run.notes ?? undefined;
    case 'host':
      return run.host ?? undefined;
    case 'state':
      return run.state;
    case 'created_at':
      return run.createdAt;
    case 'heartbeat_at':
      return run.heartbeatAt ?? undefined;
    case 'project':
      return run.project;
    case 'entity':
      return run.entity;
    default:
      return undefined;
  }
}

/** The config as people wrote it, out of the client's form (wandb protocol, 2.4); its `_wandb` part is left out. */
export function plainConfig(config: JsonObject): JsonObject {
  const members = Object.entries(config).filter(([key]) => key !== '_wandb' && key !== 'wandb_version');
  return Object.fromEntries(members.map(([key, entry]) => [key, plainEntry(entry)]));
}

function plainEntry(entry: Json): Json {
  return isJsonObject(entry) && Object.hasOwn(entry, 'value') ? (entry.value ?? null) : entry;
}
