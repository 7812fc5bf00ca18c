import { isJsonObject, type Json, type JsonObject, objectOf } from '../model/json.ts';
import { printLooseJson } from '../model/loose-json.ts';

/** A config as the client sent it, and what it says. */
export interface ConfigText {
  readonly raw: string;
  readonly values: JsonObject;
}

export interface MergedConfig extends ConfigText {
  /** A client process that this run has not seen: its upsert is a start (wandb protocol, 2.2). */
  readonly newWriter: boolean;
}

/**
 * The config after an upsert: the one sent replaces the one stored, except for the map of client environments
 * (`_wandb.value.e`), which several writers of one run fill together.
 */
export function mergeConfig(stored: JsonObject, sent: ConfigText): MergedConfig {
  const before = environments(stored);
  const after = environments(sent.values);
  const newWriter = Object.entries(after).some(([writer, environment]) => isNew(environment, before[writer]));
  const kept = Object.keys(before).filter((writer) => !(writer in after));
  if (kept.length === 0) return { ...sent, newWriter };
  const values = withEnvironments(sent.values, { ...before, ...after });
  return { raw: printLooseJson(values), values, newWriter };
}

function isNew(environment: Json, known: Json | undefined): boolean {
  return known === undefined || startedAt(environment) !== startedAt(known);
}

function startedAt(environment: Json): Json | undefined {
  return isJsonObject(environment) ? environment.startedAt : undefined;
}

function environments(config: JsonObject): JsonObject {
  const found = objectOf(objectOf(config._wandb).value).e;
  return objectOf(found);
}

function withEnvironments(config: JsonObject, merged: JsonObject): JsonObject {
  const internal = objectOf(config._wandb);
  return { ...config, _wandb: { ...internal, value: { ...objectOf(internal.value), e: merged } } };
}
