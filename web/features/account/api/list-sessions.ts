import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { deleteViewerSession, getViewerSessions, type Session } from '../../../lib/api/generated.ts';

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async ({ signal }) => (await call(getViewerSessions, { signal })).items,
});

/** Ends a session in another browser. */
export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(deleteViewerSession, { params: { id } }),
    onSettled: () => client.invalidateQueries(sessionsQuery),
  });
}

export type { Session };
