import { useQuery } from '@tanstack/react-query';
import { useMemo, useSyncExternalStore } from 'react';
import { call } from '../../../lib/api/call.ts';
import { getEntityProjectRunLogs } from '../../../lib/api/generated.ts';
import { unlessLive } from '../../../lib/live/state.ts';
import type { RunPlace } from '../../../lib/metric-history.ts';
import { type KnownLines, LogLines } from './log-lines.ts';

const EVERY_MS = 3_000;

export interface RunLog {
  readonly lines: LogLines;
  readonly known: KnownLines;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

/** The console of a run; while the run goes on, what is new is read as it is written. */
export function useLogLines({ entity, project, run }: RunPlace, live: boolean): RunLog {
  const lines = useMemo(
    () =>
      new LogLines((query) => call(getEntityProjectRunLogs, { params: { entity, project, run }, query: { ...query } })),
    [entity, project, run],
  );
  const known = useSyncExternalStore(lines.subscribe, lines.known);
  const { error, refetch } = useQuery({
    queryKey: ['log', entity, project, run, lines],
    queryFn: () => lines.refresh(),
    // this component alone holds what was read
    gcTime: 0,
    staleTime: 0,
    meta: { live: ['run', 'history'] },
    refetchInterval: live ? () => unlessLive(EVERY_MS) : false,
  });
  return { lines, known, error, refetch };
}
