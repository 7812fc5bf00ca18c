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

/** A statement has at most 65,535 parameters. */
const ROWS_A_STATEMENT = 1000;

/** Rows as several statements take them. */
export function slices<Row>(rows: readonly Row[]): (readonly Row[])[] {
  return Array.from({ length: Math.ceil(rows.length / ROWS_A_STATEMENT) }, (_, index) =>
    rows.slice(index * ROWS_A_STATEMENT, (index + 1) * ROWS_A_STATEMENT),
  );
}
