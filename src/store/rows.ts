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

const MOST_TOGETHER = 64;

/**
 * Rows as few prepared statements take them: the lengths are powers of two, so that lists of every length are written
 * by the same seven texts. A text for each length would be planned anew nearly every time, and each connection would
 * keep the plans: 56 MB after 800 lists of up to 250 attempts, against 0.7 MB.
 */
export function doublingSlices<Row>(rows: readonly Row[]): (readonly Row[])[] {
  const slices: (readonly Row[])[] = [];
  for (let at = 0; at < rows.length; at += slices.at(-1)?.length ?? 0) {
    const length = Math.min(MOST_TOGETHER, 2 ** Math.floor(Math.log2(rows.length - at)));
    slices.push(rows.slice(at, at + length));
  }
  return slices;
}

/**
 * Rows that come as one array for each column, as they stand in `from`: `unnest((select $1::bigint[]), …)`. PostgreSQL
 * then counts on ten of them, however many come, and plans a prepared statement once for each connection. By their true
 * number it would plan it anew each time, in the hope of a better plan, which takes longer than to run it.
 *
 * @param types of the parameters, from the first one on
 */
export function arraysOf(...types: readonly string[]): string {
  return `unnest(${types.map((type, at) => `(select $${at + 1}::${type}[])`).join(', ')})`;
}
