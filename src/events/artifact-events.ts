import type { Facts } from '../filter/match.ts';
import {
  type AddArtifactAlias,
  addArtifactAlias,
  addArtifactAliasSchema,
  type CapturedAddArtifactAlias,
} from './add-artifact-alias.ts';
import {
  type AddArtifactTag,
  addArtifactTag,
  addArtifactTagSchema,
  type CapturedAddArtifactTag,
} from './add-artifact-tag.ts';
import {
  type AddCollectionTag,
  addCollectionTag,
  addCollectionTagSchema,
  type CapturedAddCollectionTag,
} from './add-collection-tag.ts';
import type { ArtifactEventKind } from './artifact-event.ts';
import {
  type CapturedCreateArtifact,
  type CreateArtifact,
  createArtifact,
  createArtifactSchema,
} from './create-artifact.ts';
import { type CapturedLinkModel, type LinkModel, linkModel, linkModelSchema } from './link-model.ts';
import {
  type CapturedRemoveArtifactTag,
  type RemoveArtifactTag,
  removeArtifactTag,
  removeArtifactTagSchema,
} from './remove-artifact-tag.ts';
import {
  type CapturedRemoveCollectionTag,
  type RemoveCollectionTag,
  removeCollectionTag,
  removeCollectionTagSchema,
} from './remove-collection-tag.ts';
import {
  type CapturedUnlinkArtifact,
  type UnlinkArtifact,
  unlinkArtifact,
  unlinkArtifactSchema,
} from './unlink-artifact.ts';

/** When an automation fires that watches artifacts or collections. */
export type ArtifactEventDefinition =
  | CreateArtifact
  | LinkModel
  | UnlinkArtifact
  | AddArtifactAlias
  | AddArtifactTag
  | RemoveArtifactTag
  | AddCollectionTag
  | RemoveCollectionTag;
/** What happened to an artifact or a collection, as stored. */
export type CapturedArtifactEvent =
  | CapturedCreateArtifact
  | CapturedLinkModel
  | CapturedUnlinkArtifact
  | CapturedAddArtifactAlias
  | CapturedAddArtifactTag
  | CapturedRemoveArtifactTag
  | CapturedAddCollectionTag
  | CapturedRemoveCollectionTag;
export type ArtifactEventType = ArtifactEventDefinition['type'];

export const ARTIFACT_EVENT_SCHEMAS = [
  createArtifactSchema,
  linkModelSchema,
  unlinkArtifactSchema,
  addArtifactAliasSchema,
  addArtifactTagSchema,
  removeArtifactTagSchema,
  addCollectionTagSchema,
  removeCollectionTagSchema,
] as const;

export const ARTIFACT_EVENT_KINDS = {
  CREATE_ARTIFACT: createArtifact,
  LINK_MODEL: linkModel,
  UNLINK_ARTIFACT: unlinkArtifact,
  ADD_ARTIFACT_ALIAS: addArtifactAlias,
  ADD_ARTIFACT_TAG: addArtifactTag,
  REMOVE_ARTIFACT_TAG: removeArtifactTag,
  ADD_COLLECTION_TAG: addCollectionTag,
  REMOVE_COLLECTION_TAG: removeCollectionTag,
} as const;

/** Whether an event is about artifacts or collections, not about runs. */
export function isArtifactEvent<Event extends { readonly type: string }>(
  event: Event,
): event is Extract<Event, { type: ArtifactEventType }> {
  return Object.hasOwn(ARTIFACT_EVENT_KINDS, event.type);
}

/** What a filter can ask of an event, by canonical field name. */
export function artifactFacts(captured: CapturedArtifactEvent): Facts {
  // a captured event and the kind of its type belong together, which the compiler cannot see
  const kind = ARTIFACT_EVENT_KINDS[captured.type] as unknown as ArtifactEventKind<never, CapturedArtifactEvent>;
  return kind.facts(captured);
}

/** The type of the artifacts that an event is about. */
export function artifactTypeOf(captured: CapturedArtifactEvent): string {
  return ('version' in captured ? captured.version.collection : captured.collection).artifactType;
}
