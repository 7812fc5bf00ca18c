import { parseLooseJson, printLooseJson } from '../model/loose-json.ts';
import type { Queryable, Transaction } from './database.ts';
import type { Stream } from './history-writes.ts';
import { type MetricFacts, type MetricSummary, NO_FACTS } from './metric-fold.ts';
import { rowsOf, slices } from './rows.ts';
import type { RunKey } from './run-heads.ts';

/** What is stored of one metric of a stream. */
export interface StoredMetric extends MetricSummary {
  /** Names it in columns: how many metrics appeared before it. */
  readonly metric: number;
  readonly name: string;
}

/** Saves what is known of metrics, in place of what was. */
export async function saveMetrics(
  tx: Transaction,
  key: RunKey,
  stream: Stream,
  metrics: readonly StoredMetric[],
): Promise<void> {
  for (const slice of slices(metrics)) {
    const { values, parameters } = rowsOf(slice, (each) => [
      key.tenantId,
      key.runId,
      stream,
      each.metric,
      metricText(each.name),
      JSON.stringify([...each.typeCounts]),
      each.monotonic,
      printLooseJson(each.lastValue),
    ]);
    await tx.execute(
      `insert into run_metric (tenant_id, run_id, stream, metric, name, type_counts, monotonic, last_value)
       values ${values}
       on conflict (tenant_id, run_id, stream, metric) do update
         set type_counts = excluded.type_counts, monotonic = excluded.monotonic, last_value = excluded.last_value`,
      parameters,
    );
  }
}

interface FactRow {
  readonly lines: number;
  readonly lastStep: number | null;
  /** Null where the stream has no metric. */
  readonly name: string | null;
  readonly typeCounts: string;
  readonly monotonic: boolean;
  readonly lastValue: string;
}

/** What is stored of all metrics of a stream; nothing when that was before the run was rewound. */
export async function findMetricFacts(
  database: Queryable,
  key: RunKey,
  stream: Stream,
  epoch: number,
): Promise<MetricFacts> {
  const rows = await database.query<FactRow>(
    `select r.lines::float8 as lines, r.last_step as "lastStep", m.name, m.type_counts as "typeCounts", m.monotonic,
            m.last_value as "lastValue"
     from history_reach r
     left join run_metric m on m.tenant_id = $1::bigint and m.run_id = $2::bigint and m.stream = $3::text
     where r.tenant_id = $1::bigint and r.run_id = $2::bigint and r.stream = $3::text and r.epoch = $4::int
     order by m.metric`,
    [key.tenantId, key.runId, stream, epoch],
  );
  const [reach] = rows;
  if (reach === undefined) return NO_FACTS;
  const metrics = new Map(rows.flatMap((row) => (row.name === null ? [] : [[metricOf(row.name), summaryOf(row)]])));
  return { lines: reach.lines, lastStep: reach.lastStep ?? undefined, metrics };
}

function summaryOf({ typeCounts, monotonic, lastValue }: FactRow): MetricSummary {
  return {
    typeCounts: new Map(JSON.parse(typeCounts) as [string, number][]),
    monotonic,
    lastValue: parseLooseJson(lastValue),
  };
}

/** A metric's name as it is stored: as JSON, since names may hold what no text of PostgreSQL can. */
export function metricText(name: string): string {
  return JSON.stringify(name);
}

/** The name behind {@link metricText}. */
export function metricOf(text: string): string {
  return JSON.parse(text) as string;
}
