import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { postViewerApiKeys } from '../../../lib/api/generated.ts';
import { apiKeysQuery } from './list-api-keys.ts';

export function useCreateApiKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (description: string) => call(postViewerApiKeys, { body: { description: description || null } }),
    onSuccess: () => client.invalidateQueries(apiKeysQuery),
  });
}
