import { invalid } from '../../../model/error.ts';
import { parseId } from '../../../model/ids.ts';

/** A page of a list, in the form that the client reads (wandb protocol, section 6). */
export interface Connection<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly pageInfo: PageInfo;
}

export interface Edge<Node> {
  readonly node: Node;
  readonly cursor: string;
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

const DEFAULT_PAGE = 50;
/** Rows. */
export const LARGEST_PAGE = 1000;

/** The refusal of a cursor that another list made. */
export const foreignCursor = () => invalid('this cursor was not made by this list; start without one', 'after');

/**
 * How many rows a page holds; asks for one more, to see whether there is a next page.
 *
 * @throws TriplineError invalid
 */
export function pageSize(first: number | undefined, largest = LARGEST_PAGE): number {
  const size = first ?? DEFAULT_PAGE;
  if (size < 0) throw invalid('first must not be negative', 'first');
  return Math.min(size, largest);
}

/**
 * A page out of rows that were read with one more than `first` of them (see {@link pageSize}).
 *
 * @param cursorOf the place of a row in its list, stable over edits of the list: its key, not its number
 */
export function connection<Node>(
  rows: readonly Node[],
  options: { readonly first: number; readonly cursorOf: (row: Node) => string },
): Connection<Node> {
  const edges = rows.slice(0, options.first).map((node) => ({ node, cursor: options.cursorOf(node) }));
  return {
    edges,
    pageInfo: { hasNextPage: rows.length > options.first, endCursor: edges.at(-1)?.cursor ?? null },
  };
}

/** A list that is always answered whole. */
export function wholeConnection<Node>(rows: readonly Node[], cursorOf: (row: Node) => string): Connection<Node> {
  return connection(rows, { first: rows.length, cursorOf });
}

/** A list without members. */
export function emptyConnection(): Connection<never> {
  return wholeConnection([], () => '');
}

/** Writes a cursor: opaque to clients, the parts of a key to us. */
export function encodeCursor(...key: readonly string[]): string {
  return btoa(encodeURIComponent(JSON.stringify(key)));
}

/** Reads a cursor with that many parts; `undefined` for the first page. @throws TriplineError invalid */
export function decodeCursor(cursor: string | undefined, parts: number): readonly string[] | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  const key = readKey(cursor);
  if (Array.isArray(key) && key.length === parts && key.every((part) => typeof part === 'string')) return key;
  throw foreignCursor();
}

/** Reads a cursor whose key is one id; `null` for the first page. @throws TriplineError invalid */
export function decodeIdCursor<Id extends string>(cursor: string | undefined): Id | null {
  const [key] = decodeCursor(cursor, 1) ?? [];
  if (key === undefined) return null;
  const id = parseId<Id>(key);
  if (id !== undefined) return id;
  throw foreignCursor();
}

function readKey(cursor: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(atob(cursor)));
  } catch {
    return undefined;
  }
}
