import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { getEntityProjectRun } from '../../../lib/api/generated.ts';
import { unlessLive } from '../../../lib/live/state.ts';

export const runQuery = (entity: string, project: string, run: string) =>
  queryOptions({
    queryKey: ['run', entity, project, run],
    queryFn: ({ signal }) => call(getEntityProjectRun, { params: { entity, project, run }, signal }),
    meta: { live: ['run', 'history'] },
    refetchInterval: ({ state: { data } }) => (data?.state === 'running' ? unlessLive(5_000) : false),
  });
