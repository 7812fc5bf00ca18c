import { type Stream, seriesOf, streamOf } from '../../engine/series-names.ts';
import type { CapturedMetric } from '../../events/captured-metric.ts';
import type { Queryable } from '../../store/database.ts';
import type { ListedExecution } from '../../store/execution-reads.ts';
import type { RunView } from '../../store/run-views.ts';
import { valuesAt } from '../../store/values-at.ts';
import type { MarkedQuery } from './chart-schemas.ts';

/** An execution whose cause can be marked on a plot. */
export interface FiredMark {
  readonly execution: ListedExecution;
  readonly run: RunView;
  readonly metric: CapturedMetric;
}

const RUNTIME = '_runtime';
const STREAMS = ['history', 'events'] as const;

/** Tells where marks stand along an axis: what the history has on their lines, or last had before. */
export async function placesOf(
  database: Queryable,
  marks: readonly FiredMark[],
  { by, x }: MarkedQuery,
): Promise<(mark: FiredMark) => number | undefined> {
  if (x === undefined && by === 'step') return ({ metric }) => metric.step ?? undefined;
  if (x === undefined && by === 'time') return ({ metric }) => metric.timestamp ?? undefined;
  const places = new Map<FiredMark, number>();
  for (const run of new Set(marks.map((mark) => mark.run))) {
    for (const stream of x === undefined ? STREAMS : [streamOf(x)]) {
      const own = marks.filter((mark) => mark.run === run && streamWith(mark.metric) === stream);
      if (own.length === 0) continue;
      const lines = [...new Set(own.map(({ metric }) => metric.line))];
      const found = await valuesAt(database, { ...run, stream }, x ?? RUNTIME, lines);
      for (const mark of own) {
        const place = found.get(mark.metric.line);
        if (place !== undefined) places.set(mark, place);
      }
    }
  }
  return (mark) => places.get(mark);
}

/** What the system measures has no steps, also where an automation names it without its prefix. */
function streamWith({ name, step }: CapturedMetric): Stream {
  return step === null ? 'events' : streamOf(seriesOf(name));
}
