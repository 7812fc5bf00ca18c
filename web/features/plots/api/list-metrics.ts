import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { getEntityProjectMetrics, type ProjectMetrics } from '../../../lib/api/generated.ts';
import { unlessLive } from '../../../lib/live/state.ts';
import type { ProjectPlace } from './run-lines.ts';

const EVERY_MS = 5_000;

/** The metrics that some runs have numbers of. @param live whether there may be more while one watches */
export const metricsQuery = (
  { entity, project }: ProjectPlace,
  runs: readonly string[],
  search: string,
  live: boolean,
) =>
  queryOptions({
    queryKey: ['metrics', entity, project, runs, search],
    queryFn: async ({ signal }): Promise<ProjectMetrics> => {
      if (runs.length === 0) return { total: 0, items: [] };
      const query = { run: [...runs], search: search || undefined };
      return await call(getEntityProjectMetrics, { params: { entity, project }, query, signal });
    },
    placeholderData: keepPreviousData,
    meta: { live: live ? ['history'] : [] },
    refetchInterval: live ? () => unlessLive(EVERY_MS) : false,
  });

export type Metric = ProjectMetrics['items'][number];
