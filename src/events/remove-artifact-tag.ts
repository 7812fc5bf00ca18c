import { z } from 'zod';
import { ALL_SCOPES, type ArtifactEventKind, artifactEvent, artifactFilter } from './artifact-event.ts';
import { TAG_FIELDS } from './artifact-fields.ts';
import { type CapturedVersionTagEvent, versionTagCapture } from './captured-version.ts';

/** As stored, and as REST takes it. */
export const removeArtifactTagSchema = z.strictObject({
  type: z.literal('REMOVE_ARTIFACT_TAG'),
  filter: artifactFilter(TAG_FIELDS),
});

/** A version loses a tag. */
export type RemoveArtifactTag = z.output<typeof removeArtifactTagSchema>;
export type CapturedRemoveArtifactTag = CapturedVersionTagEvent<'REMOVE_ARTIFACT_TAG'>;

export const removeArtifactTag: ArtifactEventKind<RemoveArtifactTag, CapturedRemoveArtifactTag> = {
  ...artifactEvent('REMOVE_ARTIFACT_TAG', 'An artifact tag is removed', TAG_FIELDS),
  ...versionTagCapture,
  rendered: 'REMOVE_ARTIFACT_TAG',
  happened: '${artifact_version_string} lost the tag ${tag}.',
  scopes: ALL_SCOPES,
};
