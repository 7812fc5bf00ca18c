import { z } from 'zod';
import { invalid } from '../../model/error.ts';

const DEFAULT_LIMIT = 50;
const LARGEST_LIMIT = 200;

/** Query of every list. Spread its `shape` into a schema that has more. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(LARGEST_LIMIT).default(DEFAULT_LIMIT),
  cursor: z.string().max(1_000).optional().describe('nextCursor of the page before'),
});

export interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}

/** Answer of every list: items, and where the next page begins. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable().describe('null after the last page') });
}

/**
 * Cuts a page out of the rows of a keyset query that asked for one row more than the limit.
 *
 * @param keyOf the row's key, as the query compares it
 */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly (string | null)[],
): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor(keyOf(last)) : null };
}

/** An opaque cursor that holds a row's key. */
export function encodeCursor(key: readonly (string | null)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** Reads a cursor of {@link encodeCursor}; `null` for the first page. @throws TriplineError invalid */
export function decodeCursor<Key>(cursor: string | undefined, key: z.ZodType<Key>): Key | null {
  if (cursor === undefined) return null;
  const parsed = key.safeParse(parseQuietly(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!parsed.success) throw invalid('cursor is not one that this list gave: begin without it', 'cursor');
  return parsed.data;
}

function parseQuietly(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
