import { queryOptions, useMutation } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import {
  type Automation,
  type Backtest,
  deleteEntityBacktest,
  getEntityBacktest,
  postEntityBacktests,
} from '../../../lib/api/generated.ts';

const EVERY_MS = 500;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Starts a backtest over the last days. */
export function useStartBacktest({ id, entity }: Pick<Automation, 'id' | 'entity'>) {
  return useMutation({
    mutationFn: (days: number) =>
      call(postEntityBacktests, {
        params: { entity },
        body: { automation: id, from: new Date(Date.now() - days * DAY_MS).toISOString() },
      }),
    meta: { quiet: true },
  });
}

/** How far a backtest is, looked at until it has ended. */
export const backtestQuery = (entity: string, first: Backtest) =>
  queryOptions({
    queryKey: ['backtest', first.id],
    queryFn: ({ signal }) => call(getEntityBacktest, { params: { entity, backtest: first.id }, signal }),
    initialData: first,
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (data?.status === 'running' ? EVERY_MS : false),
  });

export function useCancelBacktest(entity: string) {
  return useMutation({
    mutationFn: (backtest: string) => call(deleteEntityBacktest, { params: { entity, backtest } }),
  });
}

export type { Backtest };
