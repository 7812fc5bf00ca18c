import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { getEntityProjectRunKeys, type RunKeys } from '../../../lib/api/generated.ts';
import type { RunsPlace } from './list-runs.ts';

const FRESH_MS = 60_000;

/** The keys in the configs and summaries of the newest runs of a project, the most frequent first. */
export const runKeysQuery = ({ entity, project }: RunsPlace) =>
  queryOptions({
    queryKey: ['runs', entity, project, 'keys'],
    queryFn: ({ signal }) => call(getEntityProjectRunKeys, { params: { entity, project }, signal }),
    staleTime: FRESH_MS,
  });

export type RunKey = RunKeys['items'][number];
