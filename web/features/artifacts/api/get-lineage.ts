import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { type ArtifactLineage, getEntityProjectArtifactVersionLineage } from '../../../lib/api/generated.ts';
import type { VersionAddress } from './get-version.ts';

/** How much of a lineage is shown: generations on each side, and neighbours of each node. */
export interface LineageBounds {
  readonly depth: number;
  readonly fan: number;
}

export const lineageQuery = (params: VersionAddress, bounds: LineageBounds) =>
  queryOptions({
    queryKey: ['lineage', params, bounds],
    queryFn: ({ signal }) => call(getEntityProjectArtifactVersionLineage, { params, query: { ...bounds }, signal }),
    placeholderData: keepPreviousData,
    meta: { live: ['run', 'collection'] },
  });

export type { ArtifactLineage };
export type LineageNode = ArtifactLineage['nodes'][number];
