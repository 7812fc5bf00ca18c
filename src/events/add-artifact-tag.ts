import { z } from 'zod';
import { ALL_SCOPES, type ArtifactEventKind, artifactEvent, artifactFilter } from './artifact-event.ts';
import { TAG_FIELDS } from './artifact-fields.ts';
import { type CapturedVersionTagEvent, versionTagCapture } from './captured-version.ts';

/** As stored, and as REST takes it. */
export const addArtifactTagSchema = z.strictObject({
  type: z.literal('ADD_ARTIFACT_TAG'),
  filter: artifactFilter(TAG_FIELDS),
});

/** A version is given a tag that it did not have. */
export type AddArtifactTag = z.output<typeof addArtifactTagSchema>;
export type CapturedAddArtifactTag = CapturedVersionTagEvent<'ADD_ARTIFACT_TAG'>;

export const addArtifactTag: ArtifactEventKind<AddArtifactTag, CapturedAddArtifactTag> = {
  ...artifactEvent('ADD_ARTIFACT_TAG', 'An artifact tag is added', TAG_FIELDS),
  ...versionTagCapture,
  rendered: 'ADD_ARTIFACT_TAG',
  happened: '${artifact_version_string} was given the tag ${tag}.',
  scopes: ALL_SCOPES,
};
