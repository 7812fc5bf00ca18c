import { type Action, parseAction } from '../actions/index.ts';
import { type EventDefinition, eventSchema } from '../events/index.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { uncleanJson } from '../model/loose-json.ts';
import { type Options, readOptions } from './options.ts';

/** When an automation fires, how often, and what it does then. */
export interface Definition extends Options {
  readonly event: EventDefinition;
  readonly action: Action;
}

/** Reads a definition as the database holds it. @throws Error when a row was not written by this program */
export function readDefinition(stored: JsonObject): Definition {
  const { event = null, action = null, ...options } = uncleanJson(stored) as JsonObject;
  return { ...readOptions(options), event: eventSchema.parse(event), action: parseAction(action) };
}

/** The same as the database holds it. */
export function printDefinition(definition: Definition): JsonObject {
  const { event, action, policy, settleSeconds, backfill, dryRun, floodLimits } = definition;
  return { event, action, policy, settleSeconds, backfill, dryRun, floodLimits } as unknown as Record<string, Json>;
}
