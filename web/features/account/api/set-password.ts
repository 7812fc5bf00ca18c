import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { putViewerPassword } from '../../../lib/api/generated.ts';
import { viewerQuery } from './get-viewer.ts';
import { sessionsQuery } from './list-sessions.ts';

export function useSetPassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { readonly currentPassword: string | null; readonly password: string }) =>
      call(putViewerPassword, { body }),
    onSuccess: () => Promise.all([client.invalidateQueries(viewerQuery), client.invalidateQueries(sessionsQuery)]),
    meta: { quiet: true },
  });
}
