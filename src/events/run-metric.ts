import { z } from 'zod';
import { readBy } from '../model/read-json.ts';
import { type CapturedMetricEvent, type Measures, metricCapture, readable } from './captured-metric.ts';
import type { EventKind } from './kind.ts';
import {
  aggregationSchema,
  measured,
  metricNameSchema,
  metricWire,
  readMetricWire,
  values,
  windowSchema,
} from './metric-event.ts';
import { RUN_SCOPES, runFilter, runFilterSchema } from './run-event.ts';

const MEMBER = 'threshold_filter';

/** How a value is compared with the threshold, as the client writes it and as people read it. */
const COMPARISONS = { $gt: '>', $gte: '>=', $lt: '<', $lte: '<=', $eq: '==', $ne: '!=' } as const;
const comparisonSchema = z.enum(['$gt', '$gte', '$lt', '$lte', '$eq', '$ne']);
export type Comparison = z.infer<typeof comparisonSchema>;

/** As stored, and as REST takes it. */
export const runMetricSchema = z.strictObject({
  type: z.literal('RUN_METRIC'),
  runFilter: runFilterSchema,
  metric: metricNameSchema,
  aggregation: aggregationSchema.nullable().default(null).describe('null: the latest value alone'),
  window: windowSchema.default(1).describe('values; ignored without an aggregation'),
  comparison: comparisonSchema,
  threshold: z.number(),
});

/** A metric meets a threshold (automations, section 2.6). */
export type RunMetric = z.output<typeof runMetricSchema>;
export type CapturedRunMetric = CapturedMetricEvent<'RUN_METRIC'>;

const wireSchema = z.strictObject({
  name: metricNameSchema,
  agg_op: aggregationSchema.nullable().default(null),
  window_size: windowSchema.default(1),
  cmp_op: comparisonSchema,
  threshold: z.number(),
});

export const runMetric: EventKind<RunMetric, CapturedRunMetric> = {
  label: 'Run metrics threshold met',
  rendered: 'RUN_METRIC',
  scopes: RUN_SCOPES,
  filter: runFilter,
  fromWire: (eventFilter) => {
    const { runFilter, condition } = readMetricWire('RUN_METRIC', MEMBER, eventFilter);
    const wire = readBy(wireSchema, condition, `eventFilter.run_metric_filter.${MEMBER}`);
    return runMetricSchema.parse({
      type: 'RUN_METRIC',
      runFilter,
      metric: wire.name,
      aggregation: wire.agg_op,
      window: wire.window_size,
      comparison: wire.cmp_op,
      threshold: wire.threshold,
    });
  },
  toWire: (event) =>
    metricWire(event.runFilter, MEMBER, {
      name: event.metric,
      agg_op: event.aggregation,
      window_size: event.window,
      cmp_op: event.comparison,
      threshold: event.threshold,
    }),
  sentence: (event) => {
    const over = event.aggregation === null ? '' : ` over ${values(event.window, 'last')}`;
    return `${measured(event.metric, event.aggregation)}${over} ${COMPARISONS[event.comparison]} ${event.threshold}`;
  },
  shortSentence: (event) =>
    `${measured(event.metric, event.aggregation)} ${COMPARISONS[event.comparison]} ${event.threshold}`,
  ...metricCapture,
};

/** What was measured, in words: `AVERAGE(loss) = 0.71`. */
export function thresholdStatus(event: RunMetric, { current = Number.NaN }: Measures): string {
  return `${measured(event.metric, event.aggregation)} = ${readable(current)}`;
}
