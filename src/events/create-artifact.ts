import { z } from 'zod';
import { type ArtifactEventKind, artifactEvent, artifactFilter } from './artifact-event.ts';
import { PLACE_FIELDS } from './artifact-fields.ts';
import { type CapturedVersionEvent, versionCapture } from './captured-version.ts';

/** As stored, and as REST takes it. */
export const createArtifactSchema = z.strictObject({
  type: z.literal('CREATE_ARTIFACT'),
  filter: artifactFilter(PLACE_FIELDS),
});

/** A version of a sequence is committed under a new number (automations, section 2.2). */
export type CreateArtifact = z.output<typeof createArtifactSchema>;
export type CapturedCreateArtifact = CapturedVersionEvent<'CREATE_ARTIFACT'>;

export const createArtifact: ArtifactEventKind<CreateArtifact, CapturedCreateArtifact> = {
  ...artifactEvent('CREATE_ARTIFACT', 'A new version is added to an artifact', PLACE_FIELDS),
  ...versionCapture,
  rendered: 'CREATE_ARTIFACT',
  happened: '${artifact_version_string} was created.',
  scopes: ['sequence', 'project', 'entity'],
  instead: "versions come there by a link: use 'A new version is linked to a collection' (LINK_MODEL)",
};
