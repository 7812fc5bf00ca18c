import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { getEntityProjectRunMetrics, type RunMetrics } from '../../../lib/api/generated.ts';
import { unlessLive } from '../../../lib/live/state.ts';
import type { RunPlace } from '../../../lib/metric-history.ts';

const EVERY_MS = 5_000;

/** The metrics of a run that have numbers. @param live whether there may be more while one watches */
export const metricsQuery = ({ entity, project, run }: RunPlace, search: string, live: boolean) =>
  queryOptions({
    queryKey: ['metrics', entity, project, run, search],
    queryFn: ({ signal }) =>
      call(getEntityProjectRunMetrics, {
        params: { entity, project, run },
        query: { search: search || undefined },
        signal,
      }),
    placeholderData: keepPreviousData,
    meta: { live: ['history'] },
    refetchInterval: live ? () => unlessLive(EVERY_MS) : false,
  });

export type Metric = RunMetrics['items'][number];
