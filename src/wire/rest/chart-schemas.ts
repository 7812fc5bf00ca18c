import { z } from 'zod';
import type { SeriesPoint } from '../../engine/peak-sampler.ts';
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
/** Runs that one request may ask for: as many as a plot can show. */
const MOST_RUNS = 50;
/** Runs whose numbers one request may read. */
const MOST_READ = 20;
/** Points of one answer about several runs. */
const MOST_OF_ALL = 200_000;

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
const name = z.string().min(1).max(LONGEST_NAME);
const by = z.enum(['step', 'time', 'runtime']);
const severalRuns = severalOf(name, MOST_RUNS, 'id of a run');
const readRuns = severalOf(name, MOST_READ, 'id of a run');

const drawn = {
  metric: severalOf(name, MOST_SERIES, 'name of a metric'),
  by: by.default('step').describe('what the numbers are drawn along; `runtime`: seconds that the run has run'),
  x: name
    .optional()
    .describe('in place of that, another metric along which they are drawn: of each line that holds both'),
  points: z.coerce.number().int().min(4).max(MOST_POINTS).default(400).describe('of each metric, at most'),
  from: z.coerce.number().optional().describe('along it, the first place that counts'),
  to: z.coerce.number().optional().describe('and the last one'),
};

export const historyQuery = z.strictObject({
  ...drawn,
  fromLine: line.default(0).describe('number of the first line of the history that counts, from 0'),
  beforeLine: line.optional().describe('number of the first line after those that count'),
});

export const historiesQuery = z
  .strictObject({ run: readRuns, ...drawn })
  .refine(({ run, metric, points }) => run.length * metric.length * points <= MOST_OF_ALL, {
    path: ['points'],
    message: `runs × metrics × points must be at most ${MOST_OF_ALL.toLocaleString('en')}`,
  });

/** What a drawing asks for, however many runs it is of. */
export type DrawnQuery = Omit<z.output<typeof historiesQuery>, 'run'>;

const marked = {
  by: by.default('step').describe('what `x` tells the place along'),
  x: name.optional().describe('in place of that, another metric: its last number on the line, or before it'),
};

export const firingsQuery = z.strictObject(marked);

export const severalFiringsQuery = z.strictObject({ run: severalRuns, ...marked });

/** What marks of firings are laid along. */
export type MarkedQuery = z.output<typeof firingsQuery>;

export const severalMetricsQuery = z.strictObject({ run: severalRuns, ...metricsQuery.shape });

const history = {
  lines: z.int().describe('lines that there were of it: ask from this one on for what has come since'),
  epoch: z.int().describe('grows when the run is rewound: what was read before is wrong then'),
  series: z.array(
    z.object({
      metric: z.string(),
      count: z.int().describe('numbers there are; as many points: all of them are here'),
      x: z
        .array(z.number())
        .describe("steps, seconds since 1970 by the client's clock, seconds that the run has run, or values of `x`"),
      values: z.array(number),
      means: z
        .object({ x: z.array(z.number()), values: z.array(z.number()) })
        .nullable()
        .describe('of each stretch that was thinned out, its mean; null where all points are here'),
    }),
  ),
};

export const sampledHistory = z.object({ by, ...history }).meta({ id: 'SampledHistory' });

export const sampledHistories = z
  .object({
    by,
    runs: z
      .array(z.object({ run: z.string(), ...history }))
      .describe('those that there are, in the order in which they were asked for'),
  })
  .meta({ id: 'SampledHistories' });

export const projectMetrics = z
  .object({
    total: z.int().describe('how many there are, or match the search'),
    items: z.array(
      z.object({
        name: z.string(),
        system: z.boolean().describe("measured by the client's monitor: it has times and no steps"),
        runs: z.int().describe('of those asked for, how many have numbers of it'),
        stepMetric: z
          .string()
          .nullable()
          .describe('the metric along which all of these want it drawn (`define_metric`)'),
      }),
    ),
  })
  .meta({ id: 'ProjectMetrics' });

export const firing = z
  .object({
    execution: z.string().describe('id of the execution'),
    status: executionStatus,
    automation: z.object({ id, name: z.string() }),
    metric: z.string().describe('as the automation names it'),
    words: z.string().describe('what was measured'),
    run: z.string().describe('id of the run'),
    line: z.int(),
    step: z.int().nullable(),
    time: z.number().nullable().describe("seconds since 1970 by the client's clock"),
    x: z.number().nullable().describe('where it stands along what was asked for; null: nowhere'),
    value: number.nullable().describe('the newest of the window'),
  })
  .meta({ id: 'Firing' });

export function toMetric([name, { typeCounts, lastValue }]: readonly [string, MetricSummary]) {
  const last = typeof lastValue === 'number' ? sayable(lastValue) : null;
  return { name, system: streamOf(name) === 'events', values: typeCounts.get('number') ?? 0, last };
}

export function toSeries({ metric, count, points, means }: SampledSeries) {
  const inOrder = points.toSorted(byPlace);
  const middle = means?.toSorted(byPlace);
  return {
    ...{ metric, count, x: inOrder.map(({ x }) => x), values: inOrder.map(({ value }) => sayable(value)) },
    means: middle === undefined ? null : { x: middle.map(({ x }) => x), values: middle.map(({ value }) => value) },
  };
}

const byPlace = (one: SeriesPoint, other: SeriesPoint): number => one.x - other.x;

export function toFiring(
  found: ListedExecution,
  metric: CapturedMetric,
  run: string,
  x: number | undefined,
): z.output<typeof firing>[] {
  if (found.alert !== null) return [];
  const value = metric.values.at(-1);
  return [
    {
      execution: executionId(found),
      status: found.status,
      automation: { id: found.automationId, name: found.automationName },
      metric: metric.name,
      words: metric.status,
      run,
      line: metric.line,
      step: metric.step,
      time: metric.timestamp,
      x: x === undefined || !Number.isFinite(x) ? null : x,
      value: value === undefined ? null : sayable(value),
    },
  ];
}

const sayable = (value: number): number | string => (Number.isFinite(value) ? value : String(value));
