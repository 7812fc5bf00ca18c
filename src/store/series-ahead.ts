import type { SeriesPiece } from '../engine/series-piece.ts';
import type { Bounds } from '../engine/shortfall.ts';
import type { Instant } from '../model/clock.ts';
import { decodeColumn } from './column-format.ts';
import type { Queryable } from './database.ts';
import type { Stream } from './history-writes.ts';
import { metricText } from './metric-facts.ts';
import { keyColumns, type RunKey } from './run-heads.ts';

/** A series of a run that lies in columns as a whole, known without being read. */
export interface SeriesAhead extends RunKey, Bounds {
  readonly stream: Stream;
  readonly epoch: number;
  readonly lines: number;
  /** The number of the metric in its stream; `null` where nothing of it was logged. */
  readonly metric: number | null;
  readonly observed: number;
  /** When its stream went on last. */
  readonly lastArrival: Instant | null;
}

/**
 * What many runs hold of one series, in one statement. Runs whose columns do not reach to the end of the stream, or that
 * are longer than asked, are missing.
 */
export function seriesAhead(
  database: Queryable,
  keys: readonly RunKey[],
  { stream, series, mostLines }: { readonly stream: Stream; readonly series: string; readonly mostLines: number },
): Promise<SeriesAhead[]> {
  return database.query<SeriesAhead>(
    `select r.tenant_id as "tenantId", r.run_id as "runId", r.stream, r.epoch, r.lines::float8 as lines, m.metric,
            coalesce(c.observed, 0)::float8 as observed, coalesce(c.low, 'infinity') as low,
            coalesce(c.high, '-infinity') as high, a.received_at as "lastArrival"
       from unnest($1::bigint[], $2::bigint[]) k (tenant_id, run_id)
       join run_head h on h.tenant_id = k.tenant_id and h.run_id = k.run_id
       join history_reach r on r.tenant_id = k.tenant_id and r.run_id = k.run_id and r.stream = $3::text
        and r.epoch = h.epoch and r.lines <= $5::bigint
        and r.lines = case when r.stream = 'history' then h.history_lines else h.events_lines end
       left join run_metric m on m.tenant_id = k.tenant_id and m.run_id = k.run_id and m.stream = $3::text
        and m.name = $4::text
       left join lateral (
         select sum(observed) as observed, min(low) as low, max(high) as high from history_column
          where tenant_id = k.tenant_id and run_id = k.run_id and stream = $3::text and metric = m.metric) c on true
       left join lateral (
         select received_at from history_chunk
          where tenant_id = k.tenant_id and run_id = k.run_id and stream = $3::text
          order by first_line desc limit 1) a on true`,
    [...keyColumns(keys), stream, metricText(series), mostLines],
  );
}

/** The numbers of such series, in one statement, by run; of a run that was rewound meanwhile there are none. */
export async function piecesAhead(
  database: Queryable,
  found: readonly SeriesAhead[],
): Promise<ReadonlyMap<RunKey['runId'], SeriesPiece[]>> {
  const rows = await database.query<{ runId: RunKey['runId']; firstLine: number; format: number; body: Buffer }>(
    `select w.run_id as "runId", c.first_line::float8 as "firstLine", c.format, c.body
       from unnest($1::bigint[], $2::bigint[], $3::text[], $4::int[], $5::int[]) w (tenant_id, run_id, stream, metric, epoch)
       join history_reach r on r.tenant_id = w.tenant_id and r.run_id = w.run_id and r.stream = w.stream
        and r.epoch = w.epoch
       join history_column c on c.tenant_id = w.tenant_id and c.run_id = w.run_id and c.stream = w.stream
        and c.metric = w.metric
      order by w.run_id, c.first_line`,
    [
      ...keyColumns(found),
      found.map(({ stream }) => stream),
      found.map(({ metric }) => metric),
      found.map(({ epoch }) => epoch),
    ],
  );
  const pieces = new Map<RunKey['runId'], SeriesPiece[]>();
  for (const { runId, firstLine, format, body } of rows) {
    const own = pieces.get(runId) ?? [];
    own.push({ firstLine, ...decodeColumn(body, format) });
    pieces.set(runId, own);
  }
  return pieces;
}
