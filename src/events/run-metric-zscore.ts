import { z } from 'zod';
import { readBy } from '../model/read-json.ts';
import { type CapturedMetricEvent, type Measures, metricCapture, readable } from './captured-metric.ts';
import type { EventKind } from './kind.ts';
import {
  directionSchema,
  metricNameSchema,
  metricWire,
  positiveSchema,
  readMetricWire,
  values,
  windowSchema,
} from './metric-event.ts';
import { RUN_SCOPES, runFilter, runFilterSchema } from './run-event.ts';

const MEMBER = 'zscore_filter';

/** As stored, and as REST takes it. */
export const runMetricZScoreSchema = z.strictObject({
  type: z.literal('RUN_METRIC_ZSCORE'),
  runFilter: runFilterSchema,
  metric: metricNameSchema,
  window: windowSchema.default(30).describe('values before the current one'),
  threshold: positiveSchema.default(3).describe('in standard deviations'),
  direction: directionSchema.default('ANY'),
});

/** A metric lies far from the mean of its own last values (automations, section 2.6). */
export type RunMetricZScore = z.output<typeof runMetricZScoreSchema>;
export type CapturedRunMetricZScore = CapturedMetricEvent<'RUN_METRIC_ZSCORE'>;

const wireSchema = z.strictObject({
  name: metricNameSchema,
  window_size: windowSchema.default(30),
  threshold: positiveSchema.default(3),
  change_dir: directionSchema.default('ANY'),
});

export const runMetricZScore: EventKind<RunMetricZScore, CapturedRunMetricZScore> = {
  label: 'Run metrics z-score threshold met',
  rendered: 'RUN_METRIC_ZSCORE',
  scopes: RUN_SCOPES,
  filter: runFilter,
  fromWire: (eventFilter) => {
    const { runFilter, condition } = readMetricWire('RUN_METRIC_ZSCORE', MEMBER, eventFilter);
    const wire = readBy(wireSchema, condition, `eventFilter.run_metric_filter.${MEMBER}`);
    return runMetricZScoreSchema.parse({
      type: 'RUN_METRIC_ZSCORE',
      runFilter,
      metric: wire.name,
      window: wire.window_size,
      threshold: wire.threshold,
      direction: wire.change_dir,
    });
  },
  toWire: (event) =>
    metricWire(event.runFilter, MEMBER, {
      name: event.metric,
      window_size: event.window,
      threshold: event.threshold,
      change_dir: event.direction,
    }),
  sentence: (event) => `${shortSentence(event)} against ${values(event.window, 'previous')}`,
  shortSentence,
  ...metricCapture,
};

function shortSentence({ metric, threshold, direction }: RunMetricZScore): string {
  switch (direction) {
    case 'INCREASE':
      return `zscore(${metric}) >= ${threshold}`;
    case 'DECREASE':
      return `zscore(${metric}) <= -${threshold}`;
    case 'ANY':
      return `abs(zscore(${metric})) >= ${threshold}`;
  }
}

/** What was measured, in words: `zscore(loss) = 3.4, value 9, mean 2, deviation 2.05`. */
export function zScoreStatus({ metric }: RunMetricZScore, measures: Measures): string {
  const { z: score = Number.NaN, current = Number.NaN, mean = Number.NaN, deviation = Number.NaN } = measures;
  const baseline = `mean ${readable(mean)}, deviation ${readable(deviation)}`;
  return `zscore(${metric}) = ${readable(score)}, value ${readable(current)}, ${baseline}`;
}
