import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from './api/call.ts';
import { getEntityProjectRunHistory, type SampledHistory } from './api/generated.ts';
import { unlessLive } from './live/state.ts';

/** Where a run is. */
export interface RunPlace {
  readonly entity: string;
  readonly project: string;
  readonly run: string;
}

/** How a history is read: along steps or time, and which lines of it. */
export interface HistoryView {
  readonly by: SampledHistory['by'];
  /** By our numbers: from the first on, before the second. */
  readonly fromLine?: number;
  readonly beforeLine?: number;
}

/** The numbers of one metric, thinned out so that no spike is lost. */
export interface MetricHistory {
  /** Numbers there are. */
  readonly count: number;
  readonly x: readonly number[];
  /** Infinite ones among them. */
  readonly values: readonly number[];
}

const EVERY_MS = 5_000;
/** As many as one request may ask for. */
const MOST_METRICS = 24;
/** Charts that come into view together are asked for together. */
const GATHERING_MS = 15;

/** The history of a metric of a run. @param live whether it goes on while one watches */
export const metricHistoryQuery = (place: RunPlace, metric: string, view: HistoryView, live = false) =>
  queryOptions({
    queryKey: ['metric history', place.entity, place.project, place.run, metric, view],
    queryFn: () => gathered(place, metric, view),
    placeholderData: keepPreviousData,
    meta: { live: ['history'] },
    refetchInterval: live ? () => unlessLive(EVERY_MS) : false,
  });

interface Batch {
  readonly metrics: Set<string>;
  readonly answer: Promise<SampledHistory>;
}

const gathering = new Map<string, Batch>();

async function gathered(place: RunPlace, metric: string, view: HistoryView): Promise<MetricHistory> {
  const name = JSON.stringify([place, view]);
  const open = gathering.get(name);
  const batch = open !== undefined && open.metrics.size < MOST_METRICS ? open : begin(name, place, view);
  batch.metrics.add(metric);
  const { series } = await batch.answer;
  const found = series.find((each) => each.metric === metric);
  return { count: found?.count ?? 0, x: found?.x ?? [], values: (found?.values ?? []).map(Number) };
}

function begin(name: string, place: RunPlace, view: HistoryView): Batch {
  const metrics = new Set<string>();
  const ask = async (): Promise<SampledHistory> => {
    await new Promise((resolve) => setTimeout(resolve, GATHERING_MS));
    if (gathering.get(name) === batch) gathering.delete(name);
    return call(getEntityProjectRunHistory, { params: { ...place }, query: { ...view, metric: [...metrics] } });
  };
  const batch: Batch = { metrics, answer: ask() };
  gathering.set(name, batch);
  return batch;
}
