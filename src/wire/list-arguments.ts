import type { FieldCatalogue } from '../filter/catalogue.ts';
import type { Filter } from '../filter/filter.ts';
import { parseFilter } from '../filter/parse.ts';
import { invalid } from '../model/error.ts';
import type { Json } from '../model/json.ts';
import { parseLooseJson } from '../model/loose-json.ts';
import type { ListOrder } from '../store/keyset-list.ts';

/** Reads the JSON text of `filters`; `undefined` when there is none. @throws TriplineError invalid */
export function readFilters(text: string | undefined, path = 'filters'): Json | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  try {
    return parseLooseJson(text);
  } catch {
    throw invalid(`${path} is not JSON`, path);
  }
}

/** Parses `filters`; `undefined` when everything matches. @throws TriplineError invalid */
export function parseListFilter(json: Json | undefined, fields: FieldCatalogue, path = 'filters'): Filter | undefined {
  if (json === undefined || json === null) return undefined;
  const filter = parseFilter(json, fields, path, { matchNothing: true });
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
  { list, fallback, path = 'order' }: { list: string; fallback: ListOrder; path?: string },
): ListOrder {
  const written = text?.trim() ?? '';
  if (written === '') return fallback;
  const field = fields.resolve(written.replace(/^[+-]/, ''));
  if (field !== undefined) return { field, descending: written.startsWith('-') };
  const known = `${fields.names.join(', ')}, each with + or - before it`;
  throw invalid(`${list} cannot be ordered by '${written.slice(0, 100)}'; known are ${known}`, path);
}
