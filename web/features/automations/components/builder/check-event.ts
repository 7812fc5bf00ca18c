import { type EventDefinition, eventSchema, kindOf, sentence, wholeSentence } from '../../../../../src/events/index.ts';
import { TriplineError } from '../../../../../src/model/error.ts';
import type { Json } from '../../../../../src/model/json.ts';
import { readBy } from '../../../../../src/model/read-json.ts';
import { eventOf } from './body-of.ts';
import type { EventDraft, EventType } from './draft.ts';
import { Fault } from './fault.ts';

/** What people choose an event by. */
export const labelOf = (type: EventType): string => kindOf(type).label;

/** The event as the server would read it: by the same rule. @throws Fault in the server's words */
export function readEvent(event: EventDraft): EventDefinition {
  try {
    return readBy(eventSchema, eventOf(event) as unknown as Json, 'event');
  } catch (error) {
    if (error instanceof TriplineError) throw new Fault(error.path ?? '', error.message);
    throw error;
  }
}

/** The event in words, for a name; `undefined` while it is not complete. */
export function shortWords(event: EventDraft): string | undefined {
  return inWords(event, sentence);
}

/** The event in words, with the runs or artifacts that it is about; `undefined` while it is not complete. */
export function eventWords(event: EventDraft): string | undefined {
  return inWords(event, wholeSentence);
}

function inWords(event: EventDraft, words: (event: EventDefinition) => string): string | undefined {
  try {
    return words(readEvent(event));
  } catch {
    return undefined;
  }
}
