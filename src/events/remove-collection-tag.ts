import { z } from 'zod';
import { ALL_SCOPES, type ArtifactEventKind, artifactEvent, artifactFilter } from './artifact-event.ts';
import { COLLECTION_FIELDS } from './artifact-fields.ts';
import { type CapturedCollectionTagEvent, collectionTagCapture } from './captured-collection.ts';

/** As stored, and as REST takes it. */
export const removeCollectionTagSchema = z.strictObject({
  type: z.literal('REMOVE_COLLECTION_TAG'),
  filter: artifactFilter(COLLECTION_FIELDS),
});

/** A collection loses a tag. */
export type RemoveCollectionTag = z.output<typeof removeCollectionTagSchema>;
export type CapturedRemoveCollectionTag = CapturedCollectionTagEvent<'REMOVE_COLLECTION_TAG'>;

export const removeCollectionTag: ArtifactEventKind<RemoveCollectionTag, CapturedRemoveCollectionTag> = {
  ...artifactEvent('REMOVE_COLLECTION_TAG', 'A collection tag is removed', COLLECTION_FIELDS),
  ...collectionTagCapture,
  rendered: 'REMOVE_COLLECTION_TAG',
  happened: 'The collection ${artifact_collection_name} lost the tag ${tag}.',
  scopes: ALL_SCOPES,
};
