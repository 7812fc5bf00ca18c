import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { deleteViewerApiKey } from '../../../lib/api/generated.ts';
import { apiKeysQuery } from './list-api-keys.ts';

export function useDeleteApiKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(deleteViewerApiKey, { params: { id } }),
    onSettled: () => client.invalidateQueries(apiKeysQuery),
  });
}
