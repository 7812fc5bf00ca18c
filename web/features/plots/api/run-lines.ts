import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { type Stream, streamOf } from '../../../../src/engine/series-names.ts';
import type { Axis, Span } from '../../../components/chart/chart-line.ts';
import { call } from '../../../lib/api/call.ts';
import {
  getEntityProjectHistory,
  getEntityProjectRunHistory,
  type SampledHistories,
  type SampledHistory,
} from '../../../lib/api/generated.ts';
import { unlessLive } from '../../../lib/live/state.ts';
import { Gathering } from './gathering.ts';
import { appended, type RunLine } from './run-line.ts';

/** Where runs are. */
export interface ProjectPlace {
  readonly entity: string;
  readonly project: string;
}

/** Which numbers are wanted. */
export interface LineAsked extends ProjectPlace {
  readonly run: string;
  readonly metric: string;
  readonly axis: Axis;
  /** Of the line, at most. */
  readonly points: number;
  /** The part of the axis that is wanted closely; absent: all of it. */
  readonly span?: Span | undefined;
}

const EVERY_MS = 5_000;
const MOST_METRICS = 24;
/** Of one request. */
const MOST_RUNS = 20;
/** Points of one answer. */
const MOST_OF_ALL = 200_000;

/**
 * The numbers of a metric of a run. All of a run is read once: afterwards only what has come since, so that a run that
 * goes on costs the same however long it is.
 *
 * @param live whether it goes on while one watches
 */
export const runLineQuery = (asked: LineAsked, live: boolean) => {
  const { entity, project, run, metric, axis, points, span } = asked;
  const queryKey = [...linesOfRun({ entity, project }, run), metric, axis, points, span ?? null];
  return queryOptions({
    queryKey,
    queryFn: ({ client }) => (span === undefined ? grown(client, queryKey, asked) : first(asked)),
    structuralSharing: false,
    meta: { live: live && span === undefined ? ['history'] : [] },
    refetchInterval: live && span === undefined ? () => unlessLive(EVERY_MS) : false,
  });
};

/** The key of all lines of a run. */
export const linesOfRun = ({ entity, project }: ProjectPlace, run: string) => ['run line', entity, project, run];

async function grown(client: QueryClient, queryKey: readonly unknown[], asked: LineAsked): Promise<RunLine> {
  const before = client.getQueryData<RunLine>(queryKey);
  if (before === undefined) return await first(asked);
  const news = await since(asked, before.lines);
  // a run that was rewound has other lines now
  if (news.epoch !== before.epoch || news.lines < before.lines) return await first(asked);
  return news.lines === before.lines ? before : appended(before, news, asked.points);
}

type Place = Pick<LineAsked, 'entity' | 'project' | 'axis' | 'points' | 'span'> & {
  /** Metrics of the system are asked for by themselves. */
  readonly stream: Stream;
};
interface Wanted {
  readonly run: string;
  readonly metric: string;
}

/** What panels ask for that come into view together, of all runs in one request. */
const whole = new Gathering<Place, Wanted, SampledHistories>({
  fits: (wanted, { points }) => {
    const { run, metric } = partsOf(wanted);
    const size = run.length * metric.length * points;
    return run.length <= MOST_RUNS && metric.length <= MOST_METRICS && size <= MOST_OF_ALL;
  },
  ask: ({ entity, project, stream: _, ...place }, wanted) =>
    call(getEntityProjectHistory, { params: { entity, project }, query: { ...queryOf(place), ...partsOf(wanted) } }),
});

interface Follow extends ProjectPlace {
  readonly axis: Axis;
  readonly points: number;
  readonly run: string;
  readonly stream: Stream;
  readonly fromLine: number;
}

/** What has come of one run. */
const news = new Gathering<Follow, string, SampledHistory>({
  fits: (metrics) => metrics.length <= MOST_METRICS,
  ask: ({ entity, project, run, stream: _, fromLine, ...place }, metrics) =>
    call(getEntityProjectRunHistory, {
      params: { entity, project, run },
      query: { ...queryOf(place), fromLine, metric: [...metrics] },
    }),
});

async function first({ entity, project, run, metric, axis, points, span }: LineAsked): Promise<RunLine> {
  const { runs } = await whole.gather(
    { entity, project, axis, points, span, stream: streamOf(metric) },
    { run, metric },
  );
  return lineOf(
    runs.find((each) => each.run === run),
    metric,
  );
}

async function since({ entity, project, run, metric, axis, points }: LineAsked, fromLine: number): Promise<RunLine> {
  const place = { entity, project, run, axis, points, fromLine, stream: streamOf(metric) };
  return lineOf(await news.gather(place, metric), metric);
}

function lineOf(history: Pick<SampledHistory, 'lines' | 'epoch' | 'series'> | undefined, metric: string): RunLine {
  const found = history?.series.find((each) => each.metric === metric);
  return {
    ...{ x: found?.x ?? [], values: (found?.values ?? []).map(Number), means: found?.means ?? undefined },
    ...{ count: found?.count ?? 0, lines: history?.lines ?? 0, epoch: history?.epoch ?? 0 },
  };
}

function queryOf({ axis, points, span }: Pick<LineAsked, 'axis' | 'points' | 'span'>) {
  const along = axis.by === 'metric' ? { x: axis.metric } : { by: axis.by };
  return { ...along, points, ...(span === undefined ? {} : { from: span[0], to: span[1] }) };
}

function partsOf(wanted: readonly Wanted[]): { readonly run: string[]; readonly metric: string[] } {
  return {
    run: [...new Set(wanted.map(({ run }) => run))],
    metric: [...new Set(wanted.map(({ metric }) => metric))],
  };
}
