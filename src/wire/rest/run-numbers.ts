import { type Stream, streamOf } from '../../engine/series-names.ts';
import { invalid } from '../../model/error.ts';
import type { Queryable } from '../../store/database.ts';
import type { ColumnsWanted } from '../../store/history-columns.ts';
import type { MetricFold, MetricSummary } from '../../store/metric-fold.ts';
import type { LineRange } from '../../store/own-lines.ts';
import type { RunMetrics } from '../../store/run-metrics.ts';
import type { RunView } from '../../store/run-views.ts';
import { sampleSeries } from '../../store/sampled-series.ts';
import { type DrawnQuery, toSeries } from './chart-schemas.ts';

const STREAMS = ['history', 'events'] as const;
/** The metric that tells where a number stands, and whether it holds until another tells. */
const ALONG = {
  step: { along: '_step', carried: true },
  time: { along: '_timestamp', carried: true },
  runtime: { along: '_runtime', carried: false },
} as const;

/** What is known of the metrics of a run, stream by stream. */
export function foldsOf(metrics: RunMetrics, run: RunView): Promise<MetricFold[]> {
  return Promise.all(STREAMS.map((stream) => metrics.read({ ...run, stream, lines: linesOf(run, stream) })));
}

/** The metrics that have numbers and whose name has a text, in any case. */
export function numbersIn(folds: readonly MetricFold[], search: string): [name: string, summary: MetricSummary][] {
  const wanted = search.toLowerCase();
  return folds.flatMap((fold, at) =>
    [...fold.metrics].filter(
      ([name, { typeCounts }]) =>
        typeCounts.has('number') && streamOf(name) === STREAMS[at] && name.toLowerCase().includes(wanted),
    ),
  );
}

/** Whether a run has numbers of a metric that it logged. */
export function hasNumbers(folds: readonly MetricFold[], metric: string): boolean {
  return folds[STREAMS.indexOf('history')]?.metrics.get(metric)?.typeCounts.has('number') === true;
}

/** Numbers of a run, thinned out as a drawing asks for them. @throws TriplineError where streams would mix */
export async function sampledHistoryOf(
  database: Queryable,
  run: RunView,
  query: DrawnQuery,
  range: LineRange,
  columnsWanted: ColumnsWanted,
) {
  const stream = streamAsked(query);
  const lines = linesOf(run, stream);
  const beforeLine = Math.min(range.beforeLine, lines);
  const series = await sampleSeries(
    database,
    { ...run, stream },
    { ...drawingOf(query), ...range, beforeLine },
    columnsWanted,
  );
  return { lines: beforeLine, epoch: run.epoch, series: series.map(toSeries) };
}

function streamAsked({ metric: named, by, x }: DrawnQuery): Stream {
  const streams = new Set(named.map(streamOf));
  const [stream] = streams;
  if (stream === undefined || streams.size > 1) throw invalid('ask for metrics of the system by themselves', 'metric');
  if (stream === 'events' && x === undefined && by === 'step')
    throw invalid('metrics of the system have no steps: ask by time', 'by');
  if (x !== undefined && streamOf(x) !== stream)
    throw invalid('metrics of the system and those that the run logs are never on one line', 'x');
  return stream;
}

function drawingOf({ metric, by, x, points, from, to }: DrawnQuery) {
  const place = x === undefined ? ALONG[by] : { along: x, carried: false };
  const places = { from: from ?? Number.NEGATIVE_INFINITY, to: to ?? Number.POSITIVE_INFINITY };
  return { ...place, ...places, metrics: [...new Set(metric)], points };
}

function linesOf({ historyLines, eventsLines }: RunView, stream: Stream): number {
  return stream === 'history' ? historyLines : eventsLines;
}
