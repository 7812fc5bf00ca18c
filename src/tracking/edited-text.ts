import { invalid } from '../model/error.ts';
import type { Json } from '../model/json.ts';
import { cleanJson, cleanText, parseLooseJson } from '../model/loose-json.ts';
import type { ArtifactText } from '../store/artifact-edits.ts';

/** What a version is to say of itself; what is absent stays. */
export interface ArtifactTextEdit {
  readonly description?: string | undefined;
  /** A JSON object. */
  readonly metadata?: string | undefined;
  /** Seconds; -1 as its collection says, -2 for ever. */
  readonly ttlSeconds?: number | undefined;
}

/** What a version says of itself after an edit; `undefined` when that is no change. @throws TriplineError invalid */
export function editedText(text: ArtifactText, edit: ArtifactTextEdit): ArtifactText | undefined {
  const description = edit.description === undefined ? text.description : cleanText(edit.description);
  const ttlSeconds = edit.ttlSeconds === undefined ? text.ttlSeconds : parseTtl(edit.ttlSeconds);
  const { metadataRaw, metadata } = edit.metadata === undefined ? text : parseMetadata(edit.metadata);
  const same = description === text.description && ttlSeconds === text.ttlSeconds && metadataRaw === text.metadataRaw;
  return same ? undefined : { description, ttlSeconds, metadataRaw, metadata };
}

/** Metadata as the client sent it and as `jsonb` can hold it. @throws TriplineError invalid */
export function parseMetadata(text: string): { metadataRaw: string; metadata: Json } {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid('metadata must be a JSON object', 'metadata');
  }
  return { metadataRaw: cleanText(text), metadata: cleanJson(value) };
}

function parsed(text: string): Json {
  try {
    return parseLooseJson(text);
  } catch (error) {
    throw invalid(`metadata is not JSON: ${(error as Error).message}`, 'metadata');
  }
}

/** Seconds that a version lives, or one of the two marks (wandb protocol, 5.14). @throws TriplineError invalid */
export function parseTtl(seconds: number): number {
  if (Number.isSafeInteger(seconds) && (seconds > 0 || seconds === -1 || seconds === -2)) return seconds;
  throw invalid(
    'the time to live must be a positive number of seconds, -1 to inherit it, or -2 for ever',
    'ttlDurationSeconds',
  );
}
