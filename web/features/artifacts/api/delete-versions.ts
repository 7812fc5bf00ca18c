import { queryOptions, useMutation } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { postEntityProjectArtifactVersionRemovals, type VersionsRemoved } from '../../../lib/api/generated.ts';
import { useArtifactsChanged } from './artifacts-changed.ts';
import type { CollectionAddress } from './list-versions.ts';

/** As many as the API deletes at once. */
export const MOST_VERSIONS = 200;

/** What would become of versions if they were deleted now. */
export const versionFatesQuery = (params: CollectionAddress, versions: readonly string[]) =>
  queryOptions({
    queryKey: ['version-fates', params, versions],
    queryFn: ({ signal }) =>
      call(postEntityProjectArtifactVersionRemovals, {
        params,
        body: { versions: [...versions], dryRun: true },
        signal,
      }),
    // an alias that is given meanwhile keeps its version
    staleTime: 0,
  });

/** Deletes versions of a collection, but for those that aliases lead to. */
export function useDeleteVersions(params: CollectionAddress, versions: readonly string[]) {
  const onSettled = useArtifactsChanged();
  return useMutation({
    mutationFn: () => call(postEntityProjectArtifactVersionRemovals, { params, body: { versions: [...versions] } }),
    onSettled: () => void onSettled(),
  });
}

export type { VersionsRemoved };
