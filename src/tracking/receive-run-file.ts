import type { BlobKey, BlobStore } from '../blobs/blob-store.ts';
import { blobKey } from '../blobs/blob-store.ts';
import { notFound } from '../model/error.ts';
import type { FileId } from '../model/ids.ts';
import type { Ground } from '../store/ground.ts';
import { replaceContent, runFileByName } from '../store/run-files.ts';
import type { RunKey } from '../store/run-heads.ts';
import { findRunHead } from '../store/run-heads.ts';

/** Where run files are kept. */
export interface FileGround extends Ground {
  readonly blobs: BlobStore;
  /** Told about content that could not be removed although nothing needs it any more. */
  readonly onLeftover: (key: BlobKey, error: unknown) => void;
}

export interface IncomingFile extends RunKey {
  readonly name: string;
  readonly content: AsyncIterable<Buffer>;
  /** Most bytes. */
  readonly limit: number;
}

/**
 * Stores the content of a run file; when this resolves it is on disk and listed. Content of the same name that
 * was there before is replaced: the last upload counts (wandb protocol, 4.1).
 *
 * @throws TriplineError not_found when the run was removed, too_large
 */
export async function receiveRunFile(ground: FileGround, file: IncomingFile): Promise<void> {
  if ((await findRunHead(ground.database, file)) === undefined) throw notFound('run not found');
  const now = ground.clock.now();
  const blob = blobKey(file.tenantId, ground.ids.next(now));
  const stored = await ground.blobs.put(blob, file.content, file.limit);
  const { tenantId, runId, name } = file;
  const content = { tenantId, runId, name, ...stored, blob, fileId: ground.ids.next<FileId>(now), now } as const;
  try {
    const replaced = await ground.database.transaction((tx) => replaceContent(tx, content));
    if (replaced !== undefined) await removeContent(ground, [replaced]);
  } catch (error) {
    if (await isUnnamed(ground, file, blob)) await removeContent(ground, [blob]);
    throw error;
  }
}

/** A commit may have come through although its answer was lost: only content that surely nobody names goes. */
async function isUnnamed(ground: FileGround, file: IncomingFile, blob: BlobKey): Promise<boolean> {
  return runFileByName(ground.database, file, file.name).then(
    (held) => held?.blob !== blob,
    () => false,
  );
}

/** Removes content that no row names any more. A failure costs space, nothing else. */
export async function removeContent(ground: FileGround, blobs: readonly string[]): Promise<void> {
  for (const key of blobs as readonly BlobKey[]) {
    await ground.blobs.delete(key).catch((error: unknown) => ground.onLeftover(key, error));
  }
}
