import type { Axis, ChartLook } from '../../../components/chart/chart-line.ts';
import { type Given, textIn, textsIn } from '../../../lib/address-text.ts';
import { isObject } from '../../../lib/trees.ts';
import type { Metric } from '../api/list-metrics.ts';

/** How plots are drawn, as an address says it: what is not said is as it is by itself. */
export interface LookSearch {
  /** `step`, `runtime`, `time`, or `metric.` and a name. */
  readonly x?: string;
  /** From 0 to below 1. */
  readonly smooth?: number;
  /** Axes on which equal distances are equal ratios. */
  readonly log?: LogAxes;
}

type LogAxes = 'x' | 'y' | 'xy';

/** All that an address says of plots. */
export interface PlotSearch extends LookSearch {
  /** What metrics are searched for. */
  readonly find?: string;
  /** Sections that are folded. */
  readonly closed?: readonly string[];
  /** The metric whose plot is open large. */
  readonly panel?: string;
  /** What single plots have that others have not, by metric. */
  readonly set?: Readonly<Record<string, LookSearch>>;
}

/** How plots are drawn, as far as somebody chose it. */
export interface Look extends ChartLook {
  /** Absent: along what the runs define for a metric, and else along steps. */
  readonly axis: Axis | undefined;
}

/** How a plot is drawn. */
export interface PlotLook extends Look {
  readonly axis: Axis;
}

export const MOST_SMOOTHING = 0.99;
const METRIC = 'metric.';
const AXES = ['step', 'runtime', 'time'] as const;
const LOG_AXES: readonly LogAxes[] = ['x', 'y', 'xy'];

/** How plots are drawn by what an address says of them. */
export function lookOf(search: LookSearch): Look {
  const { x, smooth = 0, log = '' } = search;
  const axis = x === undefined ? undefined : axisOf(x);
  const canBeLog = axis?.by !== 'time';
  return { axis, smoothing: smooth, logX: canBeLog && log.includes('x'), logY: log.includes('y') };
}

/** How the plot of a metric is drawn: by what it has of its own, else as all are. */
export function lookOfMetric({ set = {}, ...all }: PlotSearch, metric: string): Look {
  return lookOf((Object.hasOwn(set, metric) ? set[metric] : undefined) ?? all);
}

/**
 * What the system measures has no steps, and no other metric stands on its lines: of one run it is drawn along the time
 * of day, of several along that since each began.
 */
export function lookFor(metric: Pick<Metric, 'system' | 'stepMetric'>, look: Look, runs: number): PlotLook {
  const { axis = usualAxis(metric) } = look;
  if (!metric.system || axis.by === 'time' || axis.by === 'runtime') return { ...look, axis };
  return { ...look, axis: { by: runs === 1 ? 'time' : 'runtime' }, logX: false };
}

/** What a metric is drawn along where nobody chose: the metric that its runs defined for it, or steps. */
export function usualAxis({ stepMetric }: Pick<Metric, 'stepMetric'>): Axis {
  return stepMetric === null ? { by: 'step' } : { by: 'metric', metric: stepMetric };
}

/** What an address says of a look; what is as it is by itself is left out. */
export function searchOfLook({ axis, smoothing, logX, logY }: Look): LookSearch {
  const log = LOG_AXES.find((each) => each === `${logX ? 'x' : ''}${logY ? 'y' : ''}`);
  return {
    ...(axis === undefined ? {} : { x: axisText(axis) }),
    ...(smoothing === 0 ? {} : { smooth: smoothing }),
    ...(log === undefined ? {} : { log }),
  };
}

export function axisText(axis: Axis): string {
  return axis.by === 'metric' ? `${METRIC}${axis.metric}` : axis.by;
}

/** An axis by its text; along steps for a text that says none. */
export function axisOf(text: string | undefined): Axis {
  const by = AXES.find((each) => each === text);
  if (by !== undefined) return { by };
  return text?.startsWith(METRIC) && text.length > METRIC.length
    ? { by: 'metric', metric: text.slice(METRIC.length) }
    : { by: 'step' };
}

/** Reads what an address says of plots; what makes no sense says nothing. */
export function plotSearch(given: Given): PlotSearch {
  const { closed, set } = given;
  const folded = Array.isArray(closed) ? closed.filter((title) => typeof title === 'string') : [];
  const own = Object.entries(isObject(set) ? set : {}).flatMap(([metric, look]) =>
    isObject(look) ? [[metric, lookSearch(look)] as const] : [],
  );
  return {
    ...lookSearch(given),
    ...textsIn(given, ['find', 'panel']),
    ...(folded.length === 0 ? {} : { closed: folded }),
    ...(own.length === 0 ? {} : { set: Object.fromEntries(own) }),
  };
}

function lookSearch({ x, smooth, log }: Given): LookSearch {
  const axis = textIn(x);
  const axes = LOG_AXES.find((each) => each === log);
  return {
    ...(axis !== undefined && axisText(axisOf(axis)) === axis ? { x: axis } : {}),
    ...(typeof smooth === 'number' && smooth > 0 && smooth < 1 ? { smooth: Math.min(smooth, MOST_SMOOTHING) } : {}),
    ...(axes === undefined ? {} : { log: axes }),
  };
}
