import { useMutation } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import {
  deleteEntityProjectArtifactVersion,
  deleteEntityProjectArtifactVersionLink,
  patchEntityProjectArtifactVersion,
  postEntityProjectArtifactVersionLinks,
} from '../../../lib/api/generated.ts';
import { useArtifactGone, useArtifactsChanged } from './artifacts-changed.ts';
import type { VersionAddress } from './get-version.ts';

/** What may be changed of a version; what is absent stays. */
export interface VersionChange {
  readonly description?: string;
  readonly metadataText?: string;
  readonly ttlSeconds?: number;
}

export function useChangeVersion(params: VersionAddress) {
  const onSettled = useArtifactsChanged();
  return useMutation({
    mutationFn: (body: VersionChange) => call(patchEntityProjectArtifactVersion, { params, body }),
    onSettled,
    meta: { quiet: true },
  });
}

export function useDeleteVersion(params: VersionAddress) {
  const onSuccess = useArtifactGone();
  return useMutation({
    mutationFn: (withAliases: boolean) =>
      call(deleteEntityProjectArtifactVersion, {
        params,
        query: { deleteAliases: withAliases ? 'true' : 'false' },
      }),
    onSuccess: () => void onSuccess(),
    meta: { quiet: true },
  });
}

/** Where a version is to be linked. */
export interface LinkTarget {
  readonly entity: string;
  readonly project: string;
  readonly collection: string;
  readonly aliases: string[];
}

export function useLinkVersion(params: VersionAddress) {
  const onSettled = useArtifactsChanged();
  return useMutation({
    mutationFn: (body: LinkTarget) => call(postEntityProjectArtifactVersionLinks, { params, body }),
    onSettled,
    meta: { quiet: true },
  });
}

/** Ends the link of a version to the portfolio that the address names. */
export function useUnlinkVersion() {
  const onSuccess = useArtifactsChanged();
  return useMutation({
    mutationFn: (params: VersionAddress) => call(deleteEntityProjectArtifactVersionLink, { params }),
    onSuccess: () => void onSuccess(),
  });
}
