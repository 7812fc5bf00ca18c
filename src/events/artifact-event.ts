import type { FieldCatalogue } from '../filter/catalogue.ts';
import { filterWords } from '../filter/filter-words.ts';
import type { Facts } from '../filter/match.ts';
import { parseFilter } from '../filter/parse.ts';
import type { Json } from '../model/json.ts';
import { filterTree } from './filter-tree.ts';
import type { EventKind, ScopeForm } from './kind.ts';

/** What happens to artifacts can be watched anywhere, with few exceptions. */
export const ALL_SCOPES: readonly ScopeForm[] = ['sequence', 'portfolio', 'project', 'registry', 'entity'];

/** An event type about artifacts: which of them it is about is a filter over the event itself. */
export interface ArtifactEventKind<Definition, Captured> extends EventKind<Definition, Captured> {
  /** What a filter can ask of the event, by canonical field name. */
  readonly facts: (captured: Captured) => Facts;
}

/** The filter of a stored event: kept as received, refused when it does not compile. */
export function artifactFilter(fields: FieldCatalogue) {
  return filterTree((json) => parseFilter(json, fields, 'filter'))
    .default({})
    .describe(`A filter over ${fields.names.join(', ')}, in the MongoDB-like grammar of the wandb client.`);
}

/**
 * What all event types about artifacts have in common. The client sends the bare filter, and reads back one that is
 * wrapped: it would take a bare one for no condition at all (wandb protocol, 8.4).
 */
export function artifactEvent<Type extends string>(type: Type, label: string, fields: FieldCatalogue) {
  type Definition = { readonly type: Type; readonly filter: Json };
  return {
    label,
    filter: ({ filter }: Definition) => parseFilter(filter, fields, 'filter'),
    fromWire: (eventFilter: Json): Definition => {
      parseFilter(eventFilter, fields, 'eventFilter');
      return { type, filter: eventFilter };
    },
    toWire: ({ filter }: Definition) => ({ filter: JSON.stringify(filter) }),
    sentence: ({ filter }: Definition) => {
      const words = filterWords(parseFilter(filter, fields, 'filter'));
      return words === '' ? label : `${label}, where ${words}`;
    },
    shortSentence: () => label,
  };
}
