import { LISTED_RUN_FIELDS } from '../events/run-fields.ts';
import type { Filter } from '../filter/filter.ts';
import type { ListOrder } from '../store/keyset-list.ts';
import { BY_CREATION } from '../store/run-queries.ts';
import { parseListFilter, parseListOrder, readFilters } from './list-arguments.ts';

/** Reads the `filters` of a list of runs; `undefined` when everything matches. @throws TriplineError invalid */
export function parseRunFilters(text: string | undefined, path = 'filters'): Filter | undefined {
  return parseListFilter(readFilters(text, path), LISTED_RUN_FIELDS, path);
}

/** Reads an `order`: a field with `+` (ascending, also without) or `-` before it. @throws TriplineError invalid */
export function parseRunOrder(text: string | undefined, path = 'order'): ListOrder {
  return parseListOrder(text, LISTED_RUN_FIELDS, { list: 'runs', fallback: BY_CREATION, path });
}
