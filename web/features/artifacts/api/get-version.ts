import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { type ArtifactPlace, getEntityProjectArtifactVersion } from '../../../lib/api/generated.ts';

/** @param version `v3`, or an alias */
export const versionQuery = (entity: string, project: string, collection: string, version: string) =>
  queryOptions({
    queryKey: ['version', entity, project, collection, version],
    queryFn: ({ signal }) =>
      call(getEntityProjectArtifactVersion, { params: { entity, project, collection, version }, signal }),
  });

export type { ArtifactPlace };
