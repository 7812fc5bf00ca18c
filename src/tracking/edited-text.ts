import { cleanText } from '../model/loose-json.ts';
import type { ArtifactText } from '../store/artifact-edits.ts';
import { parseMetadata, parseTtl } from './artifact-input.ts';

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
