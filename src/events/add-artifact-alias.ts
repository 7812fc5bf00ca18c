import { z } from 'zod';
import { ALL_SCOPES, type ArtifactEventKind, artifactEvent, artifactFilter } from './artifact-event.ts';
import { ALIAS_FIELDS } from './artifact-fields.ts';
import { aliasCapture, type CapturedAliasEvent } from './captured-version.ts';

/** As stored, and as REST takes it. */
export const addArtifactAliasSchema = z.strictObject({
  type: z.literal('ADD_ARTIFACT_ALIAS'),
  filter: artifactFilter(ALIAS_FIELDS),
});

/** A version is given an alias that it did not hold in that collection. */
export type AddArtifactAlias = z.output<typeof addArtifactAliasSchema>;
export type CapturedAddArtifactAlias = CapturedAliasEvent<'ADD_ARTIFACT_ALIAS'>;

export const addArtifactAlias: ArtifactEventKind<AddArtifactAlias, CapturedAddArtifactAlias> = {
  ...artifactEvent('ADD_ARTIFACT_ALIAS', 'An artifact alias is added', ALIAS_FIELDS),
  ...aliasCapture,
  rendered: 'ADD_ARTIFACT_ALIAS',
  happened: '${artifact_version_string} was given the alias ${alias}.',
  scopes: ALL_SCOPES,
};
