import type { CapturedArtifactEvent } from '../events/artifact-events.ts';
import type { Subjects } from '../store/read-subjects.ts';
import type { ArtifactChange, CollectionPlace, VersionPlace } from './artifact-change.ts';
import type { EventSubject } from './caused.ts';

/** A change as it is seen at one place. */
export interface Sight {
  readonly place: CollectionPlace;
  readonly subject: EventSubject;
  readonly captured: CapturedArtifactEvent;
}

/** A change as it is seen at each of its places, in their order. */
export function sightsOf(subjects: Subjects, author: string, change: ArtifactChange): readonly Sight[] {
  switch (change.type) {
    case 'CREATE_ARTIFACT':
    case 'LINK_MODEL':
    case 'UNLINK_ARTIFACT': {
      const { type, place } = change;
      return [atPlace(place, { type, author, version: subjects.version(place) })];
    }
    case 'ADD_ARTIFACT_ALIAS': {
      const { type, place, alias, previousVersion } = change;
      return [atPlace(place, { type, author, version: subjects.version(place), alias, previousVersion })];
    }
    case 'ADD_ARTIFACT_TAG':
    case 'REMOVE_ARTIFACT_TAG': {
      const { type, places, tag } = change;
      return places.map((place) => atPlace(place, { type, author, version: subjects.version(place), tag }));
    }
    case 'ADD_COLLECTION_TAG':
    case 'REMOVE_COLLECTION_TAG': {
      const { type, collection, tag } = change;
      const captured = { type, author, collection: subjects.collection(collection), tag };
      return [{ place: collection, subject: aboutCollection(collection), captured }];
    }
  }
}

function atPlace(place: VersionPlace, captured: CapturedArtifactEvent): Sight {
  const { tenantId, projectId, collectionId, artifactId } = place;
  const subject = { tenantId, projectId, subjectKind: 'artifact', subjectId: artifactId, collectionId };
  return { place, subject, captured };
}

function aboutCollection({ tenantId, projectId, collectionId }: CollectionPlace): EventSubject {
  return { tenantId, projectId, subjectKind: 'collection', subjectId: collectionId, collectionId };
}
