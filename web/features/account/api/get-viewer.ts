import { queryOptions } from '@tanstack/react-query';
import { ApiError } from '../../../lib/api/api-error.ts';
import { call } from '../../../lib/api/call.ts';
import { getViewer, type Viewer } from '../../../lib/api/generated.ts';

/** Who is signed in; `null` for nobody. */
export const viewerQuery = queryOptions({
  queryKey: ['viewer'],
  queryFn: ({ signal }) => call(getViewer, { signal }).catch(nobody),
  staleTime: 60_000,
});

function nobody(error: unknown): null {
  if (error instanceof ApiError && error.status === 401) return null;
  throw error;
}

export type { Viewer };
