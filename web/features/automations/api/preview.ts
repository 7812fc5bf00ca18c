import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query';
import { ApiError } from '../../../lib/api/api-error.ts';
import { call } from '../../../lib/api/call.ts';
import {
  type Backtest,
  deleteEntityBacktest,
  getEntityBacktest,
  type NewBacktestInput,
  postEntityBacktests,
} from '../../../lib/api/generated.ts';

/** A draft as a backtest takes it. */
export type PreviewBody = Pick<NewBacktestInput, 'scope' | 'event' | 'policy'>;

/** How long one waits between two looks: the first ones come soon, as most previews are there at once. */
const WAITS_MS = [80, 120, 160, 250, 400];
/** What the server says when as many backtests run as it has room for. */
const BUSY = 429;
const BUSY_WAIT_MS = 1_000;
const FRESH_MS = 60_000;

/**
 * What a draft would have done in the last 30 days; how far it is while it is found out. A draft that changes meanwhile
 * takes its backtest back.
 *
 * @param body absent while the draft is not complete
 */
export const previewQuery = (client: QueryClient, entity: string, body: PreviewBody | undefined) => {
  const queryKey = ['preview', entity, body] as const;
  return queryOptions({
    queryKey,
    enabled: body !== undefined,
    queryFn: async ({ signal }): Promise<Backtest> => {
      let test = await begin(entity, body ?? {}, signal);
      try {
        for (let look = 0; test.status === 'running'; look += 1) {
          client.setQueryData(queryKey, test);
          await pause(WAITS_MS[Math.min(look, WAITS_MS.length - 1)] ?? 0, signal);
          test = await call(getEntityBacktest, { params: { entity, backtest: test.id }, signal });
        }
        return test;
      } catch (error) {
        if (signal.aborted) void call(deleteEntityBacktest, { params: { entity, backtest: test.id } }).catch(() => {});
        throw error;
      }
    },
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });
};

/** Starts a backtest as soon as the server has room for one. */
async function begin(entity: string, body: PreviewBody, signal: AbortSignal): Promise<Backtest> {
  for (;;) {
    try {
      return await call(postEntityBacktests, { params: { entity }, body, signal });
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== BUSY) throw error;
      await pause(BUSY_WAIT_MS, signal);
    }
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
