import { fieldCatalogue } from '../../filter/catalogue.ts';
import type { Filter } from '../../filter/filter.ts';
import { parseFilter } from '../../filter/parse.ts';
import { INTERNAL_PREFIX, INTERNAL_TYPES } from '../../model/internal-artifact.ts';
import type { Json } from '../../model/json.ts';
import { containing } from './containing.ts';
import { searched } from './searched.ts';

const FIELDS = fieldCatalogue('collection', {
  name: { kind: 'scalar' },
  description: { kind: 'scalar' },
  tag: { kind: 'set' },
  type: { kind: 'scalar' },
  updated_at: { kind: 'instant' },
});

export const CHANGED_LAST = { field: FIELDS.resolve('updated_at'), descending: true };

const PEOPLE: Json = {
  $nor: [{ type: { $in: INTERNAL_TYPES } }, { type: { $gte: INTERNAL_PREFIX, $lt: `${INTERNAL_PREFIX}\u{10ffff}` } }],
};

/** Leaves out what clients log by themselves, of which a project may have very much: as a condition that SQL can say. */
export const OF_PEOPLE = parseFilter(PEOPLE, FIELDS, 'type');

/** The filter of collections as people look for them in all projects. */
export function wantedCollections(search: string | undefined): Filter {
  const text = searched(search);
  if (text === undefined) return OF_PEOPLE;
  return parseFilter({ $and: [containing(text, ['name', 'description', 'tag']), PEOPLE] }, FIELDS, 'search');
}
