import { z } from 'zod';
import type { Json, JsonObject } from '../model/json.ts';
import { versionFact } from './artifact-facts.ts';
import { type CapturedVersion, versionString } from './artifact-subject.ts';
import { versionDocument, versionVariable } from './artifact-variables.ts';
import { versionShape } from './document-shapes.ts';
import type { Whereabouts } from './kind.ts';

/** An event about a version at a place, as stored. */
export interface CapturedVersionEvent<Type extends string> {
  readonly type: Type;
  /** User name of whoever caused it. */
  readonly author: string;
  readonly version: CapturedVersion;
}

/** A version was given an alias. */
export interface CapturedAliasEvent<Type extends string> extends CapturedVersionEvent<Type> {
  readonly alias: string;
  /** The number of the version that held it before in that collection. */
  readonly previousVersion: number | null;
}

/** A version's tag was added or removed. */
export interface CapturedVersionTagEvent<Type extends string> extends CapturedVersionEvent<Type> {
  readonly tag: string;
}

const whereabouts = ({ author, version }: CapturedVersionEvent<string>): Whereabouts => {
  const { entity, project } = version.collection;
  return { author, entity, project };
};

/** The parts of an event kind that all events about a version share. */
export const versionCapture = {
  whereabouts,
  facts: (event: CapturedVersionEvent<string>) => (field: string) => versionEventFact(event, field),
  variable: ({ version }: CapturedVersionEvent<string>, name: string) => versionVariable(version, name),
  document: ({ version }: CapturedVersionEvent<string>): JsonObject => ({ artifact: versionDocument(version) }),
  documentShape: { artifact: z.strictObject(versionShape) },
};

export const aliasCapture = {
  whereabouts,
  facts: (event: CapturedAliasEvent<string>) => (field: string) => aliasFact(event, field),
  variable: (event: CapturedAliasEvent<string>, name: string) =>
    aliasVariable(event, name) ?? versionVariable(event.version, name),
  document: ({ version, alias, previousVersion }: CapturedAliasEvent<string>): JsonObject => ({
    artifact: { ...versionDocument(version), alias, previous_version: previousText(version, previousVersion) },
  }),
  documentShape: {
    artifact: z.strictObject({
      ...versionShape,
      alias: z.string(),
      previous_version: z.string().nullable().describe('the version string of whatever had the alias before'),
    }),
  },
};

export const versionTagCapture = {
  whereabouts,
  facts: (event: CapturedVersionTagEvent<string>) => (field: string) =>
    field === 'tag' ? event.tag : versionEventFact(event, field),
  variable: ({ version, tag }: CapturedVersionTagEvent<string>, name: string) =>
    name === 'tag' ? tag : versionVariable(version, name),
  document: ({ version, tag }: CapturedVersionTagEvent<string>): JsonObject => ({
    artifact: { ...versionDocument(version), tag },
  }),
  documentShape: { artifact: z.strictObject({ ...versionShape, tag: z.string() }) },
};

function versionEventFact({ author, version }: CapturedVersionEvent<string>, field: string): Json | undefined {
  return field === 'author' ? author : versionFact(version, field);
}

function aliasFact(event: CapturedAliasEvent<string>, field: string): Json | undefined {
  switch (field) {
    case 'alias':
      return event.alias;
    case 'previous_alias_version':
      return event.previousVersion ?? undefined;
    default:
      return versionEventFact(event, field);
  }
}

function aliasVariable({ alias, version, previousVersion }: CapturedAliasEvent<string>, name: string) {
  switch (name) {
    case 'alias':
      return alias;
    case 'previous_version_string':
      return previousText(version, previousVersion) ?? undefined;
    default:
      return undefined;
  }
}

function previousText({ collection }: CapturedVersion, index: number | null): string | null {
  return index === null ? null : versionString(collection, index);
}
