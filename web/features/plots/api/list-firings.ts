import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { type Firing, getEntityProjectFirings } from '../../../lib/api/generated.ts';
import { unlessLive } from '../../../lib/live/state.ts';
import type { ProjectPlace } from './run-lines.ts';

const EVERY_MS = 5_000;

/** Where metrics of some runs made automations fire. */
export const firingsQuery = ({ entity, project }: ProjectPlace, runs: readonly string[], live: boolean) =>
  queryOptions({
    queryKey: ['firings', entity, project, runs],
    queryFn: async ({ signal }) => {
      if (runs.length === 0) return [];
      const asked = { params: { entity, project }, query: { run: [...runs] }, signal };
      return (await call(getEntityProjectFirings, asked)).items;
    },
    placeholderData: keepPreviousData,
    meta: { live: ['execution'] },
    refetchInterval: live ? () => unlessLive(EVERY_MS) : false,
  });

export type { Firing };
