import { type Action, parseAction } from '../actions/index.ts';
import { type EventDefinition, eventSchema } from '../events/index.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { uncleanJson } from '../model/loose-json.ts';

/** When an automation fires, and what it does then. */
export interface Definition {
  readonly event: EventDefinition;
  readonly action: Action;
}

/** Reads a definition as the database holds it. @throws Error when a row was not written by this program */
export function readDefinition(stored: JsonObject): Definition {
  const { event = null, action = null } = uncleanJson(stored) as JsonObject;
  return { event: eventSchema.parse(event), action: parseAction(action) };
}

/** The same as the database holds it. */
export function printDefinition(definition: Definition): JsonObject {
  return { event: definition.event as unknown as Json, action: definition.action as unknown as Json };
}
