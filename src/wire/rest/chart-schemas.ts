import { z } from 'zod';
import { streamOf } from '../../engine/series-names.ts';
import type { CapturedMetric } from '../../events/captured-metric.ts';
import { executionId } from '../../model/execution-id.ts';
import type { ListedExecution } from '../../store/execution-reads.ts';
import type { MetricSummary } from '../../store/metric-fold.ts';
import type { SampledSeries } from '../../store/sampled-series.ts';
import { executionStatus } from './execution-schemas.ts';
import { id } from './schemas.ts';
import { severalOf } from './several.ts';

/** Metrics that one request may ask for: a screen full of charts. */
const MOST_SERIES = 24;
const MOST_POINTS = 2_000;
const LONGEST_NAME = 1_000;

/** JSON has no word for infinities: they are texts. */
const number = z.union([z.number(), z.string()]);

export const metricsQuery = z.strictObject({
  search: z.string().max(200).optional().describe('part of the name, in any case'),
});

export const runMetrics = z
  .object({
    total: z.int().describe('how many there are, or match the search'),
    items: z.array(
      z.object({
        name: z.string(),
        system: z.boolean().describe("measured by the client's monitor: it has times and no steps"),
        values: z.int().describe('numbers of it'),
        last: number.nullable().describe('null where the last value is no number'),
      }),
    ),
  })
  .meta({ id: 'RunMetrics' });

const line = z.coerce.number().int().min(0);

export const historyQuery = z.strictObject({
  metric: severalOf(z.string().min(1).max(LONGEST_NAME), MOST_SERIES, 'name of a metric'),
  by: z.enum(['step', 'time']).default('step'),
  points: z.coerce.number().int().min(4).max(MOST_POINTS).default(400).describe('of each metric, at most'),
  fromLine: line.default(0).describe('number of the first line of the history that counts, from 0'),
  beforeLine: line.optional().describe('number of the first line after those that count'),
});

export const sampledHistory = z
  .object({
    by: z.enum(['step', 'time']),
    series: z.array(
      z.object({
        metric: z.string(),
        count: z.int().describe('numbers there are; as many points: all of them are here'),
        x: z.array(z.number()).describe("steps, or seconds since 1970 by the client's clock; they do not fall"),
        values: z.array(number),
      }),
    ),
  })
  .meta({ id: 'SampledHistory' });

export const firing = z
  .object({
    execution: z.string().describe('id of the execution'),
    status: executionStatus,
    automation: z.object({ id, name: z.string() }),
    metric: z.string().describe('as the automation names it'),
    words: z.string().describe('what was measured'),
    line: z.int(),
    step: z.int().nullable(),
    time: z.number().nullable().describe("seconds since 1970 by the client's clock"),
    value: number.nullable().describe('the newest of the window'),
  })
  .meta({ id: 'Firing' });

export function toMetric([name, { typeCounts, lastValue }]: readonly [string, MetricSummary]) {
  const last = typeof lastValue === 'number' ? sayable(lastValue) : null;
  return { name, system: streamOf(name) === 'events', values: typeCounts.get('number') ?? 0, last };
}

export function toSeries({ metric, count, points }: SampledSeries) {
  const drawn = points.toSorted((one, other) => one.x - other.x);
  return { metric, count, x: drawn.map(({ x }) => x), values: drawn.map(({ value }) => sayable(value)) };
}

export function toFiring(found: ListedExecution, metric: CapturedMetric | undefined): z.output<typeof firing>[] {
  if (metric === undefined || found.alert !== null) return [];
  const value = metric.values.at(-1);
  return [
    {
      execution: executionId(found),
      status: found.status,
      automation: { id: found.automationId, name: found.automationName },
      metric: metric.name,
      words: metric.status,
      line: metric.line,
      step: metric.step,
      time: metric.timestamp,
      value: value === undefined ? null : sayable(value),
    },
  ];
}

const sayable = (value: number): number | string => (Number.isFinite(value) ? value : String(value));
