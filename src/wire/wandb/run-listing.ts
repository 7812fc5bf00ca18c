import { RUN_FIELD_ENTRIES, RUN_FIELD_TREES } from '../../events/run-fields.ts';
import { type FieldCatalogue, fieldCatalogue } from '../../filter/catalogue.ts';
import type { Filter } from '../../filter/filter.ts';
import type { ListOrder } from '../../store/keyset-list.ts';
import { BY_CREATION } from '../../store/run-queries.ts';
import { parseListFilter, parseListOrder, readFilters } from './list-arguments.ts';

/** What lists of runs may be filtered and ordered by (wandb protocol, 6.2): more than an automation may ask. */
const LISTED_FIELDS: FieldCatalogue = fieldCatalogue(
  'run',
  {
    ...RUN_FIELD_ENTRIES,
    commit: { kind: 'scalar' },
    /** Seconds from the start to the last sign of life. */
    duration: { kind: 'scalar' },
  },
  RUN_FIELD_TREES,
);

/** Reads the `filters` of a list of runs; `undefined` when everything matches. @throws TriplineError invalid */
export function parseRunFilters(text: string | undefined): Filter | undefined {
  return parseListFilter(readFilters(text), LISTED_FIELDS);
}

/** Reads an `order`: a field with `+` (ascending, also without) or `-` before it. @throws TriplineError invalid */
export function parseRunOrder(text: string | undefined): ListOrder {
  return parseListOrder(text, LISTED_FIELDS, { list: 'runs', fallback: BY_CREATION });
}
