import { parseAliases, parseArtifactTypeName, parseCollectionName, parseTags } from '../model/artifact-names.ts';
import { invalid } from '../model/error.ts';
import type { ProjectId, RunId, TenantId, UserId } from '../model/ids.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import { cleanJson, cleanText, parseLooseJson } from '../model/loose-json.ts';
import { isStorable } from '../model/storable.ts';

/** Who logs a version, and where. */
export interface Logging {
  readonly tenantId: TenantId;
  readonly projectId: ProjectId;
  /** The run that makes it; `null` outside of runs. */
  readonly runId: RunId | null;
  readonly userId: UserId;
  readonly username: string;
}

/** What a client says of a version that it is about to upload. */
export interface ArtifactInput {
  readonly typeName: string;
  readonly collectionName: string;
  /** Hexadecimal, of the manifest. */
  readonly digest: string;
  readonly digestAlgorithm: string;
  readonly description: string | null;
  /** JSON object as text. */
  readonly metadata: string | null;
  readonly aliases: readonly string[];
  readonly tags: readonly string[];
  /** Seconds; -1 as its collection says, -2 for ever. */
  readonly ttlSeconds: number | null;
  readonly historyStep: number | null;
  /** Answer the version that has this content already. */
  readonly deduplicate: boolean;
  readonly clientId: string | null;
  readonly sequenceClientId: string | null;
  /** Shared by several writers of one version. */
  readonly distributedId: string | null;
}

/** The same, checked, with its metadata as text and as `jsonb` has it. */
export interface CheckedInput extends Omit<ArtifactInput, 'metadata' | 'ttlSeconds'> {
  readonly metadataRaw: string;
  readonly metadata: Json;
  readonly ttlSeconds: number;
}

/** As the client has it. */
const MOST_KEYS = 100;
const LONGEST_ID = 256;
const DIGEST = /^[0-9a-zA-Z+/=_-]{1,128}$/;

/** @throws TriplineError invalid */
export function checkInput(input: ArtifactInput): CheckedInput {
  if (!DIGEST.test(input.digest)) throw invalid('the digest must be hexadecimal', 'digest');
  return {
    ...input,
    typeName: parseArtifactTypeName(input.typeName),
    collectionName: parseCollectionName(input.collectionName),
    description: input.description === null ? null : cleanText(input.description),
    aliases: parseAliases(input.aliases),
    tags: parseTags(input.tags),
    ttlSeconds: parseTtl(input.ttlSeconds),
    historyStep: parseStep(input.historyStep),
    clientId: parseClientId(input.clientId, 'clientID'),
    sequenceClientId: parseClientId(input.sequenceClientId, 'sequenceClientID'),
    distributedId: parseClientId(input.distributedId, 'distributedID'),
    ...parseMetadata(input.metadata),
  };
}

/** Metadata of a version. @throws TriplineError invalid */
export function parseMetadata(text: string | null): Pick<CheckedInput, 'metadataRaw' | 'metadata'> {
  const metadata = text === null ? {} : readObject(text);
  const keys = Object.keys(metadata).length;
  if (keys > MOST_KEYS) throw invalid(`metadata has ${keys} keys; at most ${MOST_KEYS} are allowed`, 'metadata');
  return { metadataRaw: text ?? '{}', metadata: cleanJson(metadata) };
}

function readObject(text: string) {
  try {
    const value = parseLooseJson(text);
    if (isJsonObject(value)) return value;
  } catch {
    // told below
  }
  throw invalid('metadata is not a JSON object', 'metadata');
}

/** @param seconds `null` means -1 @throws TriplineError invalid */
export function parseTtl(seconds: number | null): number {
  if (seconds === null) return -1;
  if (Number.isSafeInteger(seconds) && (seconds > 0 || seconds === -1 || seconds === -2)) return seconds;
  throw invalid('the time to live must be in seconds, above 0; -1 inherits it, -2 is for ever', 'ttlDurationSeconds');
}

function parseStep(step: number | null): number | null {
  if (step === null || Number.isSafeInteger(step)) return step;
  throw invalid(`the step of the history must be within ±${Number.MAX_SAFE_INTEGER}`, 'historyStep');
}

function parseClientId(text: string | null, path: string): string | null {
  if (text === null || text === '') return null;
  if (text.length <= LONGEST_ID && isStorable(text)) return text;
  throw invalid(`${path} must be at most ${LONGEST_ID} characters`, path);
}
