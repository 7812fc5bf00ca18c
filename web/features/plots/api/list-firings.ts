import { queryOptions } from '@tanstack/react-query';
import type { Axis } from '../../../components/chart/chart-line.ts';
import { call } from '../../../lib/api/call.ts';
import { type Firing, getEntityProjectFirings } from '../../../lib/api/generated.ts';
import { unlessLive } from '../../../lib/live/state.ts';
import type { ProjectPlace } from './run-lines.ts';

const EVERY_MS = 5_000;

/** Where metrics of some runs made automations fire, and where that stands along an axis. */
export const firingsQuery = ({ entity, project }: ProjectPlace, runs: readonly string[], axis: Axis, live: boolean) => {
  const along = axis.by === 'metric' ? { x: axis.metric } : { by: axis.by };
  const name = JSON.stringify(along);
  return queryOptions({
    queryKey: ['firings', entity, project, name, runs],
    queryFn: async ({ signal }) => {
      if (runs.length === 0) return [];
      const asked = { params: { entity, project }, query: { run: [...runs], ...along }, signal };
      return (await call(getEntityProjectFirings, asked)).items;
    },
    // of other runs, not along another axis
    placeholderData: (before, query) => (query?.queryKey[3] === name ? before : undefined),
    meta: { live: ['execution'] },
    refetchInterval: live ? () => unlessLive(EVERY_MS) : false,
  });
};

export type { Firing };
