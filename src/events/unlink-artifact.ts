import { z } from 'zod';
import { ALL_SCOPES, type ArtifactEventKind, artifactEvent, artifactFilter } from './artifact-event.ts';
import { PLACE_FIELDS } from './artifact-fields.ts';
import { type CapturedVersionEvent, versionCapture } from './captured-version.ts';

/** As stored, and as REST takes it. */
export const unlinkArtifactSchema = z.strictObject({
  type: z.literal('UNLINK_ARTIFACT'),
  filter: artifactFilter(PLACE_FIELDS),
});

/** The membership of a version in a portfolio ends. */
export type UnlinkArtifact = z.output<typeof unlinkArtifactSchema>;
export type CapturedUnlinkArtifact = CapturedVersionEvent<'UNLINK_ARTIFACT'>;

export const unlinkArtifact: ArtifactEventKind<UnlinkArtifact, CapturedUnlinkArtifact> = {
  ...artifactEvent('UNLINK_ARTIFACT', 'A version is unlinked from a collection', PLACE_FIELDS),
  ...versionCapture,
  rendered: 'UNLINK_ARTIFACT',
  happened: '${artifact_version_string} was unlinked.',
  scopes: ALL_SCOPES,
};
