import type { Instant } from '../model/clock.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { finiteMembers } from '../template/expressions.ts';
import type { Variables } from '../template/template.ts';
import { type CapturedEvent, capturedKindOf, whereabouts } from './index.ts';
import type { ScopeKind } from './kind.ts';
import { KNOWN_VARIABLES } from './variables.ts';

/** What surrounds an event when an automation answers it. */
export interface Occasion {
  /** The execution's public id, which is also the `webhook-id`. */
  readonly executionId: string;
  /** The event's id: ascending within a tenant. */
  readonly eventId: string;
  readonly occurredAt: Instant;
  readonly automation: { readonly id: string; readonly name: string; readonly url: string };
  readonly scope: { readonly kind: ScopeKind; readonly id: string; readonly name: string };
}

/** The template variables of an event (automations, section 4.4). */
export function variablesOf(captured: CapturedEvent, occasion: Occasion): Variables {
  return {
    known: KNOWN_VARIABLES,
    lookup: (name) => common(captured, occasion, name) ?? particular(captured, name),
  };
}

/** The payload of an automation that has none of its own (automations, section 4.3). */
export function defaultDocument(captured: CapturedEvent, occasion: Occasion): JsonObject {
  const { executionId, eventId, occurredAt, automation, scope } = occasion;
  return {
    version: 1,
    type: capturedKindOf(captured).rendered,
    id: executionId,
    sequence: eventId,
    occurred_at: new Date(occurredAt).toISOString(),
    automation: { ...automation },
    scope: { ...scope },
    ...whereabouts(captured),
    ...finiteMembers(subject(captured)),
  };
}

function common(captured: CapturedEvent, occasion: Occasion, name: string): Json | undefined {
  switch (name) {
    case 'event_type':
      return capturedKindOf(captured).rendered;
    case 'event_author':
      return whereabouts(captured).author;
    case 'entity_name':
      return whereabouts(captured).entity;
    case 'project_name':
      return whereabouts(captured).project;
    case 'automation_name':
      return occasion.automation.name;
    case 'automation_url':
      return occasion.automation.url;
    case 'execution_id':
      return occasion.executionId;
    case 'occurred_at':
      return new Date(occasion.occurredAt).toISOString();
    default:
      return undefined;
  }
}

function particular(captured: CapturedEvent, name: string): Json | undefined {
  return capturedKindOf(captured).variable(captured, name);
}

function subject(captured: CapturedEvent): JsonObject {
  return capturedKindOf(captured).document(captured);
}
