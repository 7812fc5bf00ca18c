import { invalid } from '../../../model/error.ts';
import { parseId } from '../../../model/ids.ts';
import type { ListOrder, ListPlace } from '../../../store/keyset-list.ts';
import { decodeCursor, encodeCursor } from './connection.ts';

/** Writes the place of a row in an ordered list. */
export function placeCursor(order: ListOrder): (place: ListPlace) => string {
  return ({ sortKey, listId }) => encodeCursor(nameOf(order), sortKey === null ? '' : `=${sortKey}`, listId);
}

/** Reads such a place; a cursor holds for the order it was made in. @throws TriplineError invalid */
export function placeAfter(cursor: string | undefined, order: ListOrder): ListPlace | undefined {
  const [name = '', key = '', id = ''] = decodeCursor(cursor, 3) ?? [];
  if (id === '') return undefined;
  const listId = parseId(id);
  if (listId === undefined || name !== nameOf(order)) {
    throw invalid('this cursor was made by a list in another order; start without one', 'after');
  }
  return { sortKey: key === '' ? null : key.slice(1), listId };
}

function nameOf({ field, descending }: ListOrder): string {
  return `${descending ? '-' : '+'}${field?.literal ?? field?.name ?? ''}`;
}
