import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { getEntityProjectRunCount } from '../../../lib/api/generated.ts';
import type { RunsAsked, RunsPlace } from './list-runs.ts';

/** How many runs of a project match. */
export const runCountQuery = ({ entity, project }: RunsPlace, asked: RunsAsked) =>
  queryOptions({
    queryKey: ['runs', entity, project, 'count', asked],
    queryFn: ({ signal }) => call(getEntityProjectRunCount, { params: { entity, project }, query: asked, signal }),
    placeholderData: keepPreviousData,
    meta: { live: ['run'] },
  });
