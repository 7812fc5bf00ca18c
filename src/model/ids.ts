import type { Brand } from './brand.ts';

/**
 * Database ids. All are 64-bit integers and stay decimal strings in the program (data model, section 1):
 * JavaScript numbers would lose digits of the large ones.
 */
export type EntityId = Brand<string, 'EntityId'>;
/** The entity that owns a subject; first in every large table's key. */
export type TenantId = EntityId;
export type UserId = Brand<string, 'UserId'>;
export type ApiKeyId = Brand<string, 'ApiKeyId'>;
export type SessionId = Brand<string, 'SessionId'>;
export type ProjectId = Brand<string, 'ProjectId'>;
export type IntegrationId = Brand<string, 'IntegrationId'>;
export type AutomationId = Brand<string, 'AutomationId'>;
export type RunId = Brand<string, 'RunId'>;
export type EventId = Brand<string, 'EventId'>;
export type FileId = Brand<string, 'FileId'>;
export type CollectionId = Brand<string, 'CollectionId'>;
export type ArtifactId = Brand<string, 'ArtifactId'>;
export type ManifestId = Brand<string, 'ManifestId'>;
export type ArtifactTypeId = Brand<string, 'ArtifactTypeId'>;
export type AlertId = Brand<string, 'AlertId'>;
export type InviteId = Brand<string, 'InviteId'>;

const LARGEST = 2n ** 63n - 1n;
const DECIMAL = /^(0|[1-9]\d{0,18})$/;

/** Brands a decimal string that is known to be an id, for instance a column of the database. */
export function asId<Id extends string>(text: string): Id {
  return text as Id;
}

/** Reads an id from outside; `undefined` when the text is not a decimal of 63 bits. */
export function parseId<Id extends string>(text: string): Id | undefined {
  return DECIMAL.test(text) && BigInt(text) <= LARGEST ? (text as Id) : undefined;
}
