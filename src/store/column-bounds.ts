import type { BoundedBlock } from '../engine/block-index.ts';
import type { Queryable } from './database.ts';
import type { Columns } from './history-columns.ts';

/**
 * The blocks of one metric in order, without their numbers: a million of these take a few hundred rows. Blocks that do
 * not mention the metric are left out.
 */
export async function boundedBlocks(database: Queryable, columns: Columns, metric: string): Promise<BoundedBlock[]> {
  const number = columns.numbers.get(metric);
  if (number === undefined) return [];
  const { tenantId, runId, stream, epoch, lines } = columns;
  return database.query<BoundedBlock>(
    `select c.first_line::float8 as "firstLine", c.lines, c.observed, c.low, c.high
     from history_reach r
     join history_column c on c.tenant_id = $1::bigint and c.run_id = $2::bigint and c.stream = $3::text
       and c.metric = $5::int and c.first_line < $6::bigint
     where r.tenant_id = $1::bigint and r.run_id = $2::bigint and r.stream = $3::text and r.epoch = $4::int
     order by c.first_line`,
    [tenantId, runId, stream, epoch, number, lines],
  );
}
