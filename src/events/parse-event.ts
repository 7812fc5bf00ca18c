import { invalid } from '../model/error.ts';
import type { Json } from '../model/json.ts';
import { readJson } from '../model/read-json.ts';
import { EVENT_TYPES, type EventDefinition, type EventType, isEventType, kindOf } from './index.ts';
import type { ScopeForm } from './kind.ts';

const ARTICLES: Readonly<Record<ScopeForm, string>> = {
  project: 'a project',
  entity: 'a team or organization',
  registry: 'a registry',
  sequence: 'an artifact collection',
  portfolio: 'a collection of linked versions',
};

/**
 * Reads an event as the client defines it (wandb protocol, 8.4).
 *
 * @param type wire value of the event type
 * @param eventFilter the filter, or its JSON text
 * @throws TriplineError invalid
 */
export function parseEvent(type: string, eventFilter: Json): EventDefinition {
  if (!isEventType(type)) {
    throw invalid(
      `event type '${type}' cannot be used here; known are ${EVENT_TYPES.join(', ')}`,
      'triggeringEventType',
    );
  }
  return kindOf(type).fromWire(typeof eventFilter === 'string' ? readJson(eventFilter, 'eventFilter') : eventFilter);
}

/** The event filter that the client reads back as equal to what it sent. */
export function toWireFilter<Type extends EventType>(event: Extract<EventDefinition, { type: Type }>): string {
  return JSON.stringify(kindOf<Type>(event.type as Type).toWire(event));
}

/** Refuses an event at a scope where it cannot happen. @throws TriplineError invalid, naming the allowed scopes */
export function checkScope(type: EventType, scope: ScopeForm): void {
  const { scopes, instead } = kindOf(type);
  if (scopes.includes(scope)) return;
  const names = scopes.map((form) => ARTICLES[form]).join(' or ');
  const refusal = `${type} cannot be used at the scope of ${ARTICLES[scope]}; its scope must be ${names}`;
  throw invalid(instead === undefined ? refusal : `${refusal}. There ${instead}`, 'scope');
}
