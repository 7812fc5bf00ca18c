import type { SeriesPiece } from '../engine/series-piece.ts';
import { decodeColumn } from './column-format.ts';
import type { Queryable } from './database.ts';
import type { Columns } from './history-columns.ts';

/** One may begin behind the line that is asked for; the one before it then holds what is wanted. */
const BLOCKS = 2;

interface ColumnRow {
  readonly firstLine: number;
  readonly format: number;
  readonly body: Buffer;
}

/** The blocks of a metric that hold its last number on each of some lines or before it, in order. */
export async function columnsBefore(
  database: Queryable,
  columns: Columns,
  metric: string,
  lines: readonly number[],
): Promise<SeriesPiece[]> {
  const number = columns.numbers.get(metric);
  if (number === undefined || lines.length === 0) return [];
  const { tenantId, runId, stream, epoch } = columns;
  const rows = await database.query<ColumnRow>(
    `select c.first_line::float8 as "firstLine", c.format, c.body
     from history_reach r
     join history_column c on c.tenant_id = $1::bigint and c.run_id = $2::bigint and c.stream = $3::text
       and c.metric = $5::int and c.first_line in (
         select before.first_line from unnest($6::bigint[]) as wanted(line)
         cross join lateral (
           select b.first_line from history_column b
           where b.tenant_id = $1::bigint and b.run_id = $2::bigint and b.stream = $3::text and b.metric = $5::int
             and b.first_line <= wanted.line and b.observed > 0
           order by b.first_line desc limit $7::int) before)
     where r.tenant_id = $1::bigint and r.run_id = $2::bigint and r.stream = $3::text and r.epoch = $4::int
     order by c.first_line`,
    [tenantId, runId, stream, epoch, number, lines, BLOCKS],
  );
  return rows.map(({ firstLine, format, body }) => ({ firstLine, ...decodeColumn(body, format) }));
}
