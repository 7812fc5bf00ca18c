import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { type Automation, getEntityAutomationWatched, type WatchedNow } from '../../../lib/api/generated.ts';

const EVERY_MS = 5_000;

/** The runs in progress that an automation watches, looked at again while somebody watches. */
export const watchedNowQuery = ({ id, entity }: Pick<Automation, 'id' | 'entity'>) =>
  queryOptions({
    queryKey: ['automation', id, 'watched'],
    queryFn: ({ signal }) => call(getEntityAutomationWatched, { params: { entity, automation: id }, signal }),
    refetchInterval: EVERY_MS,
  });

export type WatchedRun = WatchedNow['runs'][number];
