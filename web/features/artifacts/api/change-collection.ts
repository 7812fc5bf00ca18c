import { useMutation } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import {
  deleteEntityProjectArtifact,
  deleteEntityProjectArtifactTag,
  patchEntityProjectArtifact,
  postEntityProjectArtifacts,
  putEntityProjectArtifactTag,
} from '../../../lib/api/generated.ts';
import { useArtifactGone, useArtifactsChanged } from './artifacts-changed.ts';
import type { CollectionAddress } from './list-versions.ts';

/** Makes an empty collection of a registry. @param params the registry's project */
export function useCreateCollection(params: Omit<CollectionAddress, 'collection'>) {
  const onSuccess = useArtifactsChanged();
  return useMutation({
    mutationFn: (body: { readonly name: string; readonly type: string; readonly description: string | null }) =>
      call(postEntityProjectArtifacts, { params, body }),
    onSuccess: () => void onSuccess(),
    meta: { quiet: true },
  });
}

export function useChangeCollection(params: CollectionAddress) {
  const onSettled = useArtifactsChanged();
  return useMutation({
    mutationFn: (body: { readonly name?: string; readonly description?: string }) =>
      call(patchEntityProjectArtifact, { params, body }),
    // whoever renames leaves the old address first
    onSettled: (_answer, _error, { name }) => (name === undefined ? onSettled() : undefined),
    meta: { quiet: true },
  });
}

export function useDeleteCollection(params: CollectionAddress) {
  const onSuccess = useArtifactGone();
  return useMutation({
    mutationFn: () => call(deleteEntityProjectArtifact, { params }),
    onSuccess: () => void onSuccess(),
    meta: { quiet: true },
  });
}

export function useCollectionTags(address: CollectionAddress) {
  const onSettled = useArtifactsChanged();
  const adding = useMutation({
    mutationFn: (tag: string) => call(putEntityProjectArtifactTag, { params: { ...address, tag } }),
    onSettled,
    meta: { quiet: true },
  });
  const removing = useMutation({
    mutationFn: (tag: string) => call(deleteEntityProjectArtifactTag, { params: { ...address, tag } }),
    onSettled,
  });
  return { adding, removing };
}
