import { useMutation } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { deleteViewerSession, deleteViewerSessions } from '../../../lib/api/generated.ts';

/** Leaves at once and whole: nothing that was shown stays in memory. */
const leave = () => location.assign('/login');

/** @param id of a session; the page is left when it is this one */
export function useSignOut() {
  return useMutation({ mutationFn: (id: string) => call(deleteViewerSession, { params: { id } }), onSuccess: leave });
}

export function useSignOutEverywhere() {
  return useMutation({ mutationFn: () => call(deleteViewerSessions, {}), onSuccess: leave });
}
