import type { FieldCatalogue } from '../../filter/catalogue.ts';
import type { Filter } from '../../filter/filter.ts';
import { parseFilter } from '../../filter/parse.ts';
import { invalid } from '../../model/error.ts';
import type { Json } from '../../model/json.ts';
import { parseLooseJson } from '../../model/loose-json.ts';
import type { ListOrder } from '../../store/keyset-list.ts';

/** Reads the JSON text of `filters`; `undefined` when there is none. @throws TriplineError invalid */
export function readFilters(text: string | undefined): Json | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  try {
    return parseLooseJson(text);
  } catch {
    throw invalid('filters is not JSON', 'filters');
  }
}

/** Parses `filters`; `undefined` when everything matches. @throws TriplineError invalid */
export function parseListFilter(json: Json | undefined, fields: FieldCatalogue): Filter | undefined {
  if (json === undefined || json === null) return undefined;
  const filter = parseFilter(json, fields, 'filters', { matchNothing: true });
  return filter.fields.size === 0 && filter.root.kind === '$and' && filter.root.parts.length === 0 ? undefined : filter;
}

/**
 * Reads an `order`: a field with `+` (ascending, also without) or `-` before it.
 *
 * @param list plural, for refusals: `runs`
 * @param fallback the order where none is asked for
 * @throws TriplineError invalid
 */
export function parseListOrder(
  text: string | undefined,
  fields: FieldCatalogue,
  { list, fallback }: { list: string; fallback: ListOrder },
): ListOrder {
  const written = text?.trim() ?? '';
  if (written === '') return fallback;
  const field = fields.resolve(written.replace(/^[+-]/, ''));
  if (field !== undefined) return { field, descending: written.startsWith('-') };
  const known = `${fields.names.join(', ')}, each with + or - before it`;
  throw invalid(`${list} cannot be ordered by '${written.slice(0, 100)}'; known are ${known}`, 'order');
}
