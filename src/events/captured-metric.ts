import { z } from 'zod';
import type { Json, JsonObject } from '../model/json.ts';
import { metricShape, runShape } from './document-shapes.ts';
import type { Whereabouts } from './kind.ts';
import type { CapturedRun } from './run-subject.ts';
import { runDocument, runVariable, runWhereabouts } from './run-variables.ts';

/** Most values of a window that an event keeps. */
export const MOST_CAPTURED_VALUES = 50;

/** What a judgement of a metric measured; which members there are depends on the event type. */
export interface Measures {
  /** The (aggregated) current value. */
  readonly current?: number;
  /** The (aggregated) value before, for a change. */
  readonly prior?: number;
  /** Absolute, or as a fraction of the prior value. */
  readonly change?: number;
  readonly z?: number;
  readonly mean?: number;
  readonly deviation?: number;
}

/** The metric's part of an event, complete: texts are as they were when it fired. */
export interface CapturedMetric extends Measures {
  /** As the automation names it. */
  readonly name: string;
  /** Newest last, at most {@link MOST_CAPTURED_VALUES}. */
  readonly values: readonly number[];
  /** Our number of the history line whose value fired. */
  readonly line: number;
  readonly step: number | null;
  /** Seconds since 1970 by the client's clock. */
  readonly timestamp: number | null;
  /** `AVERAGE(loss) over the last 5 values > 0.6` */
  readonly filter: string;
  /** `AVERAGE(loss) > 0.6` */
  readonly filterShort: string;
  /** `AVERAGE(loss) = 0.71` */
  readonly status: string;
}

/** A metric event as stored. */
export interface CapturedMetricEvent<Type extends string> {
  readonly type: Type;
  readonly run: CapturedRun;
  readonly metric: CapturedMetric;
}

/** The parts of an event kind that all metric events share. */
export const metricCapture = {
  happened: 'Run ${run_name} met the condition ${metric_filter_short}.',
  whereabouts: ({ run }: CapturedMetricEvent<string>): Whereabouts => runWhereabouts(run),
  variable: ({ run, metric }: CapturedMetricEvent<string>, name: string): Json | undefined =>
    metricVariable(metric, name) ?? runVariable(run, name),
  document: ({ run, metric }: CapturedMetricEvent<string>): JsonObject => ({
    run: runDocument(run),
    metric: metricDocument(metric),
  }),
  documentShape: { run: z.strictObject(runShape), metric: z.strictObject(metricShape) },
};

function metricVariable(metric: CapturedMetric, name: string): Json | undefined {
  switch (name) {
    case 'metric_name':
      return metric.name;
    case 'metric_values':
      return metric.values.join(', ');
    case 'metric_filter':
      return metric.filter;
    case 'metric_filter_short':
      return metric.filterShort;
    case 'metric_current_status':
      return metric.status;
    default:
      return undefined;
  }
}

function metricDocument({ filter, filterShort: _, ...metric }: CapturedMetric): JsonObject {
  return { ...metric, condition: filter };
}

/** A number for people: at most six significant digits. */
export function readable(value: number): string {
  return String(Number(value.toPrecision(6)));
}
