import { z } from 'zod';
import { ALL_SCOPES, type ArtifactEventKind, artifactEvent, artifactFilter } from './artifact-event.ts';
import { PLACE_FIELDS } from './artifact-fields.ts';
import { type CapturedVersionEvent, versionCapture } from './captured-version.ts';

/** As stored, and as REST takes it. */
export const linkModelSchema = z.strictObject({
  type: z.literal('LINK_MODEL'),
  filter: artifactFilter(PLACE_FIELDS),
});

/** A version becomes a member of a portfolio that it was not in. */
export type LinkModel = z.output<typeof linkModelSchema>;
export type CapturedLinkModel = CapturedVersionEvent<'LINK_MODEL'>;

export const linkModel: ArtifactEventKind<LinkModel, CapturedLinkModel> = {
  ...artifactEvent('LINK_MODEL', 'A new version is linked to a collection', PLACE_FIELDS),
  ...versionCapture,
  rendered: 'LINK_ARTIFACT',
  happened: '${artifact_version_string} was linked.',
  scopes: ALL_SCOPES,
};
