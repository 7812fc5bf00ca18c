/**
 * The text and parameters of a multi-row `values` list: `($1, $2), ($3, $4)`. Multi-row inserts are sent this way
 * rather than through `unnest`: 1.1 to 1.4 times as fast, and the only form a distributed engine routes (data
 * model, section 0).
 */
export function rowsOf<Item>(
  items: readonly Item[],
  columns: (item: Item) => readonly unknown[],
): { values: string; parameters: unknown[] } {
  const parameters: unknown[] = [];
  const row = (item: Item): string =>
    `(${columns(item)
      .map((value) => `$${parameters.push(value)}`)
      .join(', ')})`;
  return { values: items.map(row).join(', '), parameters };
}
