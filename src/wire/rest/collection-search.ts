import { fieldCatalogue } from '../../filter/catalogue.ts';
import type { Filter } from '../../filter/filter.ts';
import { parseFilter } from '../../filter/parse.ts';
import { INTERNAL_PREFIX, INTERNAL_TYPES } from '../../model/internal-artifact.ts';
import type { Json } from '../../model/json.ts';
import { containing } from './containing.ts';

const FIELDS = fieldCatalogue('collection', {
  name: { kind: 'scalar' },
  description: { kind: 'scalar' },
  tag: { kind: 'set' },
  type: { kind: 'scalar' },
  updated_at: { kind: 'instant' },
});

export const CHANGED_LAST = { field: FIELDS.resolve('updated_at'), descending: true };

/** Leaves out what clients log by themselves, of which a project may have very much: as a condition that SQL can say. */
const OF_PEOPLE: Json = {
  $nor: [{ type: { $in: INTERNAL_TYPES } }, { type: { $gte: INTERNAL_PREFIX, $lt: `${INTERNAL_PREFIX}\u{10ffff}` } }],
};

/** The filter of collections as people look for them. @param type without one, what clients log by themselves is left out */
export function wantedCollections(search: string | undefined, type: string | undefined): Filter {
  const parts: Json[] = [];
  if (search !== undefined && search.trim() !== '') parts.push(containing(search, ['name', 'description', 'tag']));
  if (type === undefined) parts.push(OF_PEOPLE);
  return parseFilter({ $and: parts }, FIELDS, 'search');
}
