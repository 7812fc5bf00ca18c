import { z } from 'zod';
import { ALL_SCOPES, type ArtifactEventKind, artifactEvent, artifactFilter } from './artifact-event.ts';
import { COLLECTION_FIELDS } from './artifact-fields.ts';
import { type CapturedCollectionTagEvent, collectionTagCapture } from './captured-collection.ts';

/** As stored, and as REST takes it. */
export const addCollectionTagSchema = z.strictObject({
  type: z.literal('ADD_COLLECTION_TAG'),
  filter: artifactFilter(COLLECTION_FIELDS),
});

/** A collection is given a tag that it did not have. */
export type AddCollectionTag = z.output<typeof addCollectionTagSchema>;
export type CapturedAddCollectionTag = CapturedCollectionTagEvent<'ADD_COLLECTION_TAG'>;

export const addCollectionTag: ArtifactEventKind<AddCollectionTag, CapturedAddCollectionTag> = {
  ...artifactEvent('ADD_COLLECTION_TAG', 'A collection tag is added', COLLECTION_FIELDS),
  ...collectionTagCapture,
  rendered: 'ADD_COLLECTION_TAG',
  happened: 'The collection ${artifact_collection_name} was given the tag ${tag}.',
  scopes: ALL_SCOPES,
};
