import { z } from 'zod';
import { readBy } from '../model/read-json.ts';
import { type CapturedMetricEvent, type Measures, metricCapture, readable } from './captured-metric.ts';
import type { EventKind } from './kind.ts';
import {
  aggregationSchema,
  directionSchema,
  measured,
  metricNameSchema,
  metricWire,
  positiveSchema,
  readMetricWire,
  values,
  windowSchema,
} from './metric-event.ts';
import { RUN_SCOPES, runFilter, runFilterSchema } from './run-event.ts';

const MEMBER = 'change_filter';
const VERBS = { INCREASE: 'increases', DECREASE: 'decreases', ANY: 'changes' } as const;

const changeTypeSchema = z.enum(['ABSOLUTE', 'RELATIVE']);

/** As stored, and as REST takes it. */
export const runMetricChangeSchema = z.strictObject({
  type: z.literal('RUN_METRIC_CHANGE'),
  runFilter: runFilterSchema,
  metric: metricNameSchema,
  aggregation: aggregationSchema.nullable().default(null).describe('null: the latest two values alone'),
  currentWindow: windowSchema.describe('values; ignored without an aggregation'),
  priorWindow: windowSchema.describe('values before the current window; ignored without an aggregation'),
  changeType: changeTypeSchema,
  direction: directionSchema,
  amount: positiveSchema.describe('at least by this; 0.25 is 25 % when RELATIVE'),
});

/** A metric changes by at least an amount (automations, section 2.6). */
export type RunMetricChange = z.output<typeof runMetricChangeSchema>;
export type CapturedRunMetricChange = CapturedMetricEvent<'RUN_METRIC_CHANGE'>;

const wireSchema = z.strictObject({
  name: metricNameSchema,
  agg_op: aggregationSchema.nullable().default(null),
  current_window_size: windowSchema.default(1),
  prior_window_size: windowSchema.optional(),
  change_type: changeTypeSchema,
  change_dir: directionSchema,
  change_amount: positiveSchema,
});

export const runMetricChange: EventKind<RunMetricChange, CapturedRunMetricChange> = {
  label: 'Run metrics change threshold met',
  rendered: 'RUN_METRIC_CHANGE',
  scopes: RUN_SCOPES,
  filter: runFilter,
  fromWire: (eventFilter) => {
    const { runFilter, condition } = readMetricWire('RUN_METRIC_CHANGE', MEMBER, eventFilter);
    const wire = readBy(wireSchema, condition, `eventFilter.run_metric_filter.${MEMBER}`);
    return runMetricChangeSchema.parse({
      type: 'RUN_METRIC_CHANGE',
      runFilter,
      metric: wire.name,
      aggregation: wire.agg_op,
      currentWindow: wire.current_window_size,
      priorWindow: wire.prior_window_size ?? wire.current_window_size,
      changeType: wire.change_type,
      direction: wire.change_dir,
      amount: wire.change_amount,
    });
  },
  toWire: (event) =>
    metricWire(event.runFilter, MEMBER, {
      name: event.metric,
      agg_op: event.aggregation,
      current_window_size: event.currentWindow,
      change_amount: event.amount,
      prior_window_size: event.priorWindow,
      change_type: event.changeType,
      change_dir: event.direction,
    }),
  sentence: (event) => {
    const windows =
      event.aggregation === null
        ? 'from one value to the next'
        : `over ${values(event.currentWindow, 'last')} against ${values(event.priorWindow, 'prior')}`;
    return `${shortSentence(event)} ${windows}`;
  },
  shortSentence,
  ...metricCapture,
};

function shortSentence(event: RunMetricChange): string {
  const subject = measured(event.metric, event.aggregation);
  return `${subject} ${VERBS[event.direction]} by at least ${amount(event, event.amount)}`;
}

/** What was measured, in words: `AVERAGE(loss) = 0.5, prior 1, change -50%`. */
export function changeStatus(event: RunMetricChange, measures: Measures): string {
  const { current = Number.NaN, prior = Number.NaN, change = Number.NaN } = measures;
  const subject = measured(event.metric, event.aggregation);
  return `${subject} = ${readable(current)}, prior ${readable(prior)}, change ${amount(event, change)}`;
}

function amount({ changeType }: RunMetricChange, value: number): string {
  return changeType === 'RELATIVE' ? `${readable(value * 100)}%` : readable(value);
}
