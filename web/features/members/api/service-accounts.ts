import { queryOptions, useMutation } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import {
  deleteEntityServiceAccount,
  getEntityServiceAccounts,
  patchEntityServiceAccount,
  postEntityServiceAccountRotateKey,
  postEntityServiceAccounts,
  type ServiceAccount,
} from '../../../lib/api/generated.ts';
import { tellDone } from '../../../lib/notices.ts';
import { useMembersChanged } from './members.ts';

/** Programs that work for a team. */
export const serviceAccountsQuery = (entity: string) =>
  queryOptions({
    queryKey: ['service-accounts', entity],
    queryFn: async ({ signal }) => (await call(getEntityServiceAccounts, { params: { entity }, signal })).items,
  });

/** Makes one; its key is told this once. */
export function useCreateServiceAccount(entity: string) {
  const onSuccess = useMembersChanged(entity);
  return useMutation({
    mutationFn: (body: { readonly description: string; readonly role: ServiceAccount['role'] }) =>
      call(postEntityServiceAccounts, { params: { entity }, body }),
    onSuccess,
    meta: { quiet: true },
  });
}

export function useDescribeServiceAccount(entity: string, username: string) {
  const onSuccess = useMembersChanged(entity);
  return useMutation({
    mutationFn: (description: string) =>
      call(patchEntityServiceAccount, { params: { entity, username }, body: { description } }),
    onSuccess,
    meta: { quiet: true },
  });
}

/** Gives it a new key, told this once; the former ones are refused. */
export function useRotateKey(entity: string, username: string) {
  const onSuccess = useMembersChanged(entity);
  return useMutation({
    mutationFn: () => call(postEntityServiceAccountRotateKey, { params: { entity, username } }),
    onSuccess,
  });
}

export function useDeleteServiceAccount(entity: string, { username, description }: ServiceAccount) {
  const onSettled = useMembersChanged(entity);
  return useMutation({
    mutationFn: () => call(deleteEntityServiceAccount, { params: { entity, username } }),
    // its row may be gone before its own callbacks are called
    onSuccess: () => tellDone(`${description} is removed.`),
    onSettled,
  });
}

export type { ServiceAccount };
