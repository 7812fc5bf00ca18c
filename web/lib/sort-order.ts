/** How a list is sorted by a field: `-` before a field turns it round. */
export type Sorted = 'ascending' | 'descending' | 'none';

export function sortedBy(sort: string, field: string): Sorted {
  if (sort === field) return 'ascending';
  return sort === `-${field}` ? 'descending' : 'none';
}

/** The order after a head was pressed; `undefined` for the usual one. */
export function nextSort<Field extends string>(sort: string, field: Field): Field | `-${Field}` | undefined {
  const next = { none: `-${field}`, descending: field, ascending: undefined } as const;
  return next[sortedBy(sort, field)];
}
