import type { BlobKey } from '../model/blob-key.ts';
import type { TenantId } from '../model/ids.ts';
import type { Transaction } from '../store/database.ts';
import { forgetUnclaimed, lockUnclaimed, postponeUnclaimed, type UnclaimedBlob } from '../store/unclaimed-blobs.ts';
import type { FileGround } from './file-ground.ts';

/**
 * Removes content of a tenant, of what is named here that which no row names. A failure is no loss: the collector
 * comes to it later.
 */
export async function removeContent(ground: FileGround, tenantId: TenantId, blobs: readonly BlobKey[]): Promise<void> {
  if (blobs.length === 0) return;
  try {
    await ground.database.transaction(async (tx) => removeLocked(ground, tx, await lockUnclaimed(tx, tenantId, blobs)));
  } catch (error) {
    for (const blob of blobs) ground.onLeftover(blob, error);
  }
}

/** Removes unclaimed content, whose rows are locked: first the files, then the rows that know of them. */
export async function removeLocked(
  ground: FileGround,
  tx: Transaction,
  unclaimed: readonly UnclaimedBlob[],
): Promise<void> {
  const [gone, left]: [UnclaimedBlob[], UnclaimedBlob[]] = [[], []];
  for (const entry of unclaimed) {
    const fault = await ground.blobs.delete(entry.blob).then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    (fault === undefined ? gone : left).push(entry);
    if (fault !== undefined) ground.onLeftover(entry.blob, fault.error);
  }
  if (gone.length > 0) await forgetUnclaimed(tx, gone);
  if (left.length > 0) await postponeUnclaimed(tx, left, ground.clock.now());
}
