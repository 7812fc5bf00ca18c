import { decodeColumn } from './column-format.ts';
import type { Queryable } from './database.ts';
import type { Arrival, StreamKey } from './line-times.ts';
import { metricText } from './metric-facts.ts';

/** A line of a run, by our number of it. */
export interface RunLine extends StreamKey {
  readonly line: number;
}

/** With which lines each of some lines arrived, in one statement; `undefined` for a line that is not there. */
export async function arrivalsOf(database: Queryable, lines: readonly RunLine[]): Promise<(Arrival | undefined)[]> {
  const rows = await database.query<Arrival & { readonly place: number }>(
    `select w.place::float8 as place, c.first_line::float8 as "firstLine", c.lines, c.received_at as "receivedAt"
       from ${WANTED}
       cross join lateral (
         select first_line, lines, received_at from history_chunk
          where tenant_id = w.tenant_id and run_id = w.run_id and stream = w.stream and first_line <= w.line
          order by first_line desc limit 1) c`,
    parametersOf(lines),
  );
  const found = new Map(rows.map(({ place, ...arrival }) => [place, arrival]));
  return lines.map((_, index) => found.get(index + 1));
}

/** The step of each of some lines, in one statement, as far as columns tell it; `null` where they do not. */
export async function stepsOf(database: Queryable, lines: readonly RunLine[]): Promise<(number | null)[]> {
  const rows = await database.query<{ place: number; firstLine: number; format: number; body: Buffer }>(
    `select w.place::float8 as place, c.first_line::float8 as "firstLine", c.format, c.body
       from ${WANTED}
       join run_metric m on m.tenant_id = w.tenant_id and m.run_id = w.run_id and m.stream = w.stream
        and m.name = $5::text
       join history_column c on c.tenant_id = w.tenant_id and c.run_id = w.run_id and c.stream = w.stream
        and c.metric = m.metric and c.first_line <= w.line and c.first_line + c.lines > w.line`,
    [...parametersOf(lines), metricText('_step')],
  );
  const found = new Map(rows.map(({ place, ...column }) => [place, column]));
  return lines.map(({ line }, index) => {
    const stored = found.get(index + 1);
    if (stored === undefined) return null;
    const column = decodeColumn(stored.body, stored.format);
    const step = column.values[column.lines.indexOf(line - stored.firstLine)];
    return Number.isInteger(step) ? (step as number) : null;
  });
}

const WANTED = `unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[]) with ordinality
  as w (tenant_id, run_id, stream, line, place)`;

function parametersOf(lines: readonly RunLine[]): unknown[] {
  return [
    lines.map(({ tenantId }) => tenantId),
    lines.map(({ runId }) => runId),
    lines.map(({ stream }) => stream),
    lines.map(({ line }) => line),
  ];
}
