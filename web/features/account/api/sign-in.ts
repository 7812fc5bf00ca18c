import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { postSession } from '../../../lib/api/generated.ts';

/** What one signs in with. */
export type Credentials = { readonly username: string; readonly password: string } | { readonly apiKey: string };

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Credentials) => call(postSession, { body }),
    onSuccess: () => client.clear(),
    meta: { quiet: true },
  });
}
