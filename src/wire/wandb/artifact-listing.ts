import { type FieldCatalogue, fieldCatalogue } from '../../filter/catalogue.ts';
import type { Filter } from '../../filter/filter.ts';
import { isJsonObject } from '../../model/json.ts';
import type { ListOrder } from '../../store/keyset-list.ts';
import { parseListFilter, parseListOrder, readFilters } from '../list-arguments.ts';

const TIMES = {
  created_at: { kind: 'instant', synonyms: ['createdAt'] },
  updated_at: { kind: 'instant', synonyms: ['updatedAt'] },
} as const;

/** What lists of versions may be filtered and ordered by (wandb protocol, 5.16, 7.6). */
export const VERSION_FIELDS: FieldCatalogue = fieldCatalogue(
  'artifact',
  {
    id: { kind: 'scalar' },
    version: { kind: 'scalar' },
    version_index: { kind: 'scalar' },
    tag: { kind: 'set', synonyms: ['tags'] },
    alias: { kind: 'set', synonyms: ['aliases'] },
    state: { kind: 'scalar' },
    digest: { kind: 'scalar' },
    description: { kind: 'scalar' },
    size: { kind: 'scalar' },
    ...TIMES,
  },
  { metadata: {} },
);

/** What lists of collections may be filtered and ordered by (wandb protocol, 7.6). */
export const COLLECTION_FIELDS: FieldCatalogue = fieldCatalogue('collection', {
  artifact_collection_id: { kind: 'scalar', synonyms: ['id'] },
  name: { kind: 'scalar' },
  type: { kind: 'scalar' },
  tag: { kind: 'set', synonyms: ['tags'] },
  description: { kind: 'scalar' },
  ...TIMES,
});

/** The order of lists where none is asked for. */
export const NEWEST_FIRST: ListOrder = { field: undefined, descending: true };

/** Reads the `filters` of a list of versions; `undefined` when all match. @throws TriplineError invalid */
export function parseVersionFilters(text: string | undefined): Filter | undefined {
  const json = readFilters(text);
  if (!isJsonObject(json)) return parseListFilter(json, VERSION_FIELDS);
  // lists hold nothing else, and the client always asks for it: without it the count is known
  const { state, ...others } = json;
  return parseListFilter(state === 'COMMITTED' ? others : json, VERSION_FIELDS);
}

/** Reads the `order` of a list of versions. @throws TriplineError invalid */
export function parseVersionOrder(text: string | undefined): ListOrder {
  const order = parseListOrder(text, VERSION_FIELDS, { list: 'artifacts', fallback: NEWEST_FIRST });
  // by number, that is by place: as texts v10 comes before v9
  return order.field?.name === 'version' || order.field?.name === 'version_index'
    ? { ...order, field: undefined }
    : order;
}

/** Reads the `filters` of a list of collections; `undefined` when all match. @throws TriplineError invalid */
export function parseCollectionFilters(text: string | undefined): Filter | undefined {
  return parseListFilter(readFilters(text), COLLECTION_FIELDS);
}

/** Reads the `order` of a list of collections. @throws TriplineError invalid */
export function parseCollectionOrder(text: string | undefined): ListOrder {
  return parseListOrder(text, COLLECTION_FIELDS, { list: 'collections', fallback: NEWEST_FIRST });
}
