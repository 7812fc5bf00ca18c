import { announcing } from '../blobs/blob-store.ts';
import type { BlobKey } from '../model/blob-key.ts';
import { notFound } from '../model/error.ts';
import type { FileId } from '../model/ids.ts';
import { replaceContent } from '../store/run-files.ts';
import type { RunKey } from '../store/run-heads.ts';
import { findRunHead } from '../store/run-heads.ts';
import type { FileGround } from './file-ground.ts';
import { keepContent } from './keep-content.ts';
import { removeContent } from './remove-content.ts';
import { expectRoom, expectRoomAfter } from './space.ts';

export interface IncomingFile extends RunKey {
  readonly name: string;
  readonly content: AsyncIterable<Buffer>;
  /** Most bytes. */
  readonly limit: number;
  /** Bytes, as the request says before they come. */
  readonly size?: number | undefined;
}

/**
 * Stores the content of a run file; when this resolves it is on disk and listed. Content of the same name that
 * was there before is replaced: the last upload counts (wandb protocol, 4.1).
 *
 * @throws TriplineError not_found when the run was removed, too_large
 */
export async function receiveRunFile(ground: FileGround, file: IncomingFile): Promise<void> {
  if ((await findRunHead(ground.database, file)) === undefined) throw notFound('run not found');
  const { tenantId, runId, name } = file;
  await expectRoom(ground.database, ground.space, tenantId, file.size ?? 0);
  const now = ground.clock.now();
  const fileId = ground.ids.next<FileId>(now);
  let replaced: BlobKey | undefined;
  const source = { tenantId, content: file.content, limit: file.limit, ...announcing(file.size) };
  await keepContent(ground, { ...source, owner: { kind: 'run', id: runId } }, async (tx, kept) => {
    await expectRoomAfter(tx, ground.space, tenantId, { said: file.size, size: kept.size });
    replaced = await replaceContent(tx, { tenantId, runId, name, ...kept, fileId, now });
    return true;
  });
  if (replaced !== undefined) await removeContent(ground, tenantId, [replaced]);
}
