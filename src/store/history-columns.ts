import { type Column, decodeColumn } from './column-format.ts';
import type { Queryable, Transaction } from './database.ts';
import type { Stream } from './history-writes.ts';
import { metricOf, metricText } from './metric-facts.ts';
import { rowsOf, slices } from './rows.ts';
import type { RunKey } from './run-heads.ts';

/** Asks for columns of a run's history to be made, off the way of whoever asks. */
export type ColumnsWanted = (run: RunKey) => void;

/** A reader that meets more lines than this in no column asks for some (data model, section 9). */
export const MANY_LINES = 20_000;

/** One metric in one block of lines, as it is stored: once, and never changed. */
export interface StoredColumn {
  /** The number of the metric in its stream. */
  readonly metric: number;
  readonly firstLine: number;
  /** Lines of the block; blocks of a stream follow each other without a gap. */
  readonly lines: number;
  /** Whether it tells all there is of the metric in these lines. */
  readonly plain: boolean;
  readonly format: number;
  readonly body: Buffer;
  /** Of the numbers in it but NaN. */
  readonly bounds: ColumnBounds;
}

/** What is known of a column without reading it. */
export interface ColumnBounds {
  /** Numbers in it but NaN. */
  readonly observed: number;
  /** Infinity where there are none. */
  readonly low: number;
  /** Minus infinity where there are none. */
  readonly high: number;
}

export async function insertColumns(
  tx: Transaction,
  key: RunKey,
  stream: Stream,
  columns: readonly StoredColumn[],
): Promise<void> {
  for (const slice of slices(columns)) {
    const { values, parameters } = rowsOf(slice, (column) => [
      key.tenantId,
      key.runId,
      stream,
      column.metric,
      column.firstLine,
      column.lines,
      column.plain,
      column.format,
      column.body,
      column.bounds.observed,
      column.bounds.low,
      column.bounds.high,
    ]);
    await tx.execute(
      `insert into history_column (tenant_id, run_id, stream, metric, first_line, lines, plain, format, body,
         observed, low, high)
       values ${values}`,
      parameters,
    );
  }
}

/** The columns of some metrics of a stream, found but not read. */
export interface Columns extends RunKey {
  readonly stream: Stream;
  readonly epoch: number;
  /** The lines before this number are in columns. */
  readonly lines: number;
  /** Numbers of those metrics that these lines mention. */
  readonly numbers: ReadonlyMap<string, number>;
}

/** Which columns there are of some metrics; `undefined` when none are made, or none since the run was rewound. */
export async function findColumns(
  database: Queryable,
  key: RunKey,
  stream: Stream,
  metrics: readonly string[],
): Promise<Columns | undefined> {
  const rows = await database.query<{ epoch: number; lines: number; metric: number | null; name: string }>(
    `select r.epoch, r.lines::float8 as lines, m.metric, m.name
     from history_reach r
     join run_head h on h.tenant_id = $1::bigint and h.run_id = $2::bigint and h.epoch = r.epoch
     left join run_metric m on m.tenant_id = $1::bigint and m.run_id = $2::bigint and m.stream = $3::text
       and m.name = any($4::text[])
     where r.tenant_id = $1::bigint and r.run_id = $2::bigint and r.stream = $3::text`,
    [key.tenantId, key.runId, stream, metrics.map(metricText)],
  );
  const [reach] = rows;
  if (reach === undefined) return undefined;
  const numbers = new Map(rows.flatMap((row) => (row.metric === null ? [] : [[metricOf(row.name), row.metric]])));
  return { tenantId: key.tenantId, runId: key.runId, stream, epoch: reach.epoch, lines: reach.lines, numbers };
}

/** Columns of one block, by metric. */
export interface ReadBlock {
  readonly firstLine: number;
  readonly lines: number;
  readonly columns: ReadonlyMap<string, { readonly plain: boolean; read(): Column }>;
}

type ReadColumn = Omit<StoredColumn, 'bounds'>;
type ColumnRow = { [Member in keyof ReadColumn]: ReadColumn[Member] | null };

/**
 * The blocks that begin between two lines, in order; those that mention none of the metrics are left out.
 * `undefined` when the columns are gone: they may be emptied at any time.
 */
export async function readColumnBlocks(
  database: Queryable,
  columns: Columns,
  fromLine: number,
  beforeLine: number,
): Promise<ReadBlock[] | undefined> {
  const rows = await database.query<ColumnRow>(
    `select c.metric, c.first_line::float8 as "firstLine", c.lines, c.plain, c.format, c.body
     from history_reach r
     left join history_column c on c.tenant_id = $1::bigint and c.run_id = $2::bigint and c.stream = $3::text
       and c.metric = any($5::int[]) and c.first_line >= $6::bigint and c.first_line < $7::bigint
     where r.tenant_id = $1::bigint and r.run_id = $2::bigint and r.stream = $3::text and r.epoch = $4::int
       and r.lines >= $7::bigint
     order by c.first_line`,
    [
      columns.tenantId,
      columns.runId,
      columns.stream,
      columns.epoch,
      [...columns.numbers.values()],
      fromLine,
      beforeLine,
    ],
  );
  return rows.length === 0 ? undefined : blocksOf(rows.filter(isColumn), columns.numbers);
}

function isColumn(row: ColumnRow): row is ReadColumn {
  return row.metric !== null;
}

function blocksOf(rows: readonly ReadColumn[], numbers: ReadonlyMap<string, number>): ReadBlock[] {
  const names = new Map([...numbers].map(([name, number]) => [number, name]));
  const blocks = new Map<number, ReadColumn[]>();
  for (const row of rows) blocks.set(row.firstLine, [...(blocks.get(row.firstLine) ?? []), row]);
  return [...blocks].map(([firstLine, own]) => ({
    firstLine,
    lines: own[0]?.lines ?? 0,
    columns: new Map(
      own.map(({ metric, plain, body, format }) => [
        names.get(metric) ?? '',
        { plain, read: () => decodeColumn(body, format) },
      ]),
    ),
  }));
}
