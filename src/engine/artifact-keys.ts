import { literalsOf } from '../filter/literals.ts';
import type { Facts } from '../filter/match.ts';
import type { ArtifactAutomation } from './automation.ts';

/** Fields whose texts automations are found by, those of which a place has the most different ones first. */
const FIELDS = ['alias', 'tag', 'collection', 'collection_tag', 'artifact_type'];
/** An automation that asks for any of more texts is found by the type of its event. */
const MOST_TEXTS = 32;

/** By what an automation is found: the texts that its filter asks for, or the type of its event alone. */
export function keysOf({ event, filter }: ArtifactAutomation): readonly string[] {
  const literals = literalsOf(filter.root, FIELDS);
  if (literals === undefined || literals.texts.length > MOST_TEXTS) return [event.type];
  return literals.texts.map((text) => keyOf(event.type, literals.field, text));
}

/** Under which keys whatever may match an event is found. An automation may be found under several. */
export function keysFor(type: ArtifactAutomation['event']['type'], facts: Facts): readonly string[] {
  const asked = FIELDS.flatMap((field) => {
    const texts = [facts(field)].flat().filter((fact) => typeof fact === 'string');
    return texts.map((text) => keyOf(type, field, text));
  });
  return [type, ...asked];
}

const keyOf = (type: string, field: string, text: string): string => `${type} ${field} ${text}`;
