import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { getEntitySettings, patchEntitySettings } from '../../../lib/api/generated.ts';

/** What a team's admins decide for it. */
export const teamSettingsQuery = (entity: string) =>
  queryOptions({
    queryKey: ['team-settings', entity],
    queryFn: ({ signal }) => call(getEntitySettings, { params: { entity }, signal }),
  });

export function useChangeTeamSettings(entity: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { readonly membersManageAutomations: boolean }) =>
      call(patchEntitySettings, { params: { entity }, body }),
    onSuccess: (settings) => client.setQueryData(teamSettingsQuery(entity).queryKey, settings),
  });
}
