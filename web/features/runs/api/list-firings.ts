import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { type Firing, getEntityProjectRunFirings } from '../../../lib/api/generated.ts';
import { unlessLive } from '../../../lib/live/state.ts';
import type { RunPlace } from '../../../lib/metric-history.ts';

const EVERY_MS = 5_000;

/** Where metrics of a run made automations fire. */
export const firingsQuery = ({ entity, project, run }: RunPlace, live: boolean) =>
  queryOptions({
    queryKey: ['firings', entity, project, run],
    queryFn: async ({ signal }) =>
      (await call(getEntityProjectRunFirings, { params: { entity, project, run }, signal })).items,
    meta: { live: ['execution'] },
    refetchInterval: live ? () => unlessLive(EVERY_MS) : false,
  });

export type { Firing };
