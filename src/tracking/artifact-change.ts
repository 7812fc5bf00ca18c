import type { ProjectId } from '../model/ids.ts';
import type { CollectionKey } from '../store/collections.ts';
import type { VersionPlace } from '../store/describe-places.ts';

export type { VersionPlace } from '../store/describe-places.ts';

export interface CollectionPlace extends CollectionKey {
  readonly projectId: ProjectId;
}

/** What a deed changed (automations, section 2.2). */
export type ArtifactChange =
  | { readonly type: 'CREATE_ARTIFACT' | 'LINK_MODEL' | 'UNLINK_ARTIFACT'; readonly place: VersionPlace }
  | {
      readonly type: 'ADD_ARTIFACT_ALIAS';
      readonly place: VersionPlace;
      readonly alias: string;
      readonly previousVersion: number | null;
    }
  | {
      readonly type: 'ADD_ARTIFACT_TAG' | 'REMOVE_ARTIFACT_TAG';
      /** The source sequence first, then the oldest membership first; at least one. */
      readonly places: readonly VersionPlace[];
      readonly tag: string;
    }
  | {
      readonly type: 'ADD_COLLECTION_TAG' | 'REMOVE_COLLECTION_TAG';
      readonly collection: CollectionPlace;
      readonly tag: string;
    };

/** The collections that a change concerns. */
export function placesOf(change: ArtifactChange): readonly CollectionPlace[] {
  return 'collection' in change ? [change.collection] : versionsOf(change);
}

/** The places of the version that a change concerns; none when it is about a collection itself. */
export function versionsOf(change: ArtifactChange): readonly VersionPlace[] {
  if ('places' in change) return change.places;
  return 'place' in change ? [change.place] : [];
}
