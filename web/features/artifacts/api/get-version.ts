import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import {
  type ArtifactPlace,
  type ArtifactVersionDetails,
  getEntityProjectArtifactVersion,
} from '../../../lib/api/generated.ts';

/** Where a version lies. */
export interface VersionAddress {
  readonly entity: string;
  readonly project: string;
  readonly collection: string;
  /** `v3`, or an alias. */
  readonly version: string;
}

/** @param version `v3`, or an alias */
export const versionQuery = (entity: string, project: string, collection: string, version: string) =>
  queryOptions({
    queryKey: ['version', entity, project, collection, version],
    queryFn: ({ signal }) =>
      call(getEntityProjectArtifactVersion, { params: { entity, project, collection, version }, signal }),
    meta: { live: ['collection', 'run', 'execution'] },
  });

export type { ArtifactPlace, ArtifactVersionDetails };
