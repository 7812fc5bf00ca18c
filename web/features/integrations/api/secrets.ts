import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { allPages } from '../../../lib/api/all-pages.ts';
import { call } from '../../../lib/api/call.ts';
import {
  deleteEntitySecret,
  getEntitySecrets,
  type NewSecretInput,
  patchEntitySecret,
  postEntitySecrets,
  putEntitySecret,
  type Secret,
  type SecretRotationInput,
} from '../../../lib/api/generated.ts';

const PAGE = 200;

/** The secrets of an entity by name; nobody can read a value. */
export const secretsQuery = (entity: string) =>
  queryOptions({
    queryKey: ['secrets', entity],
    queryFn: ({ signal }) =>
      allPages((cursor) => call(getEntitySecrets, { params: { entity }, query: { limit: PAGE, cursor }, signal })),
  });

/** Refusals are shown in the form, and what was asked with, a value among it, is kept no longer than that is shown. */
const SENSITIVE = { meta: { quiet: true }, gcTime: 0 } as const;

export function useCreateSecret(entity: string) {
  return useMutation({
    mutationFn: (body: NewSecretInput) => call(postEntitySecrets, { params: { entity }, body }),
    ...useRefreshed(entity),
    ...SENSITIVE,
  });
}

/** Gives a secret another value. */
export function useRotateSecret(entity: string, secret: string) {
  return useMutation({
    mutationFn: (body: SecretRotationInput) => call(putEntitySecret, { params: { entity, secret }, body }),
    ...useRefreshed(entity),
    ...SENSITIVE,
  });
}

/** Changes which features may read a secret. */
export function useChangeSecretAccess(entity: string, secret: string) {
  return useMutation({
    mutationFn: (access: Partial<Secret['access']>) =>
      call(patchEntitySecret, { params: { entity, secret }, body: { access } }),
    ...useRefreshed(entity),
  });
}

/** Deletes a secret for good, once it was confirmed also although webhooks name it. */
export function useDeleteSecret(entity: string, secret: string) {
  return useMutation({
    mutationFn: ({ force }: { readonly force: boolean }) =>
      call(deleteEntitySecret, { params: { entity, secret }, query: { force: String(force) } }),
    ...useRefreshed(entity),
  });
}

/** Webhooks warn of secrets that they lack. */
function useRefreshed(entity: string) {
  const client = useQueryClient();
  const refresh = () =>
    Promise.all(['secrets', 'integrations'].map((key) => client.invalidateQueries({ queryKey: [key, entity] })));
  return { onSuccess: refresh };
}

export type { Secret };
