import { blobKey, type PutHints, type StoredBlob } from '../blobs/blob-store.ts';
import type { BlobKey } from '../model/blob-key.ts';
import type { TenantId } from '../model/ids.ts';
import type { Transaction } from '../store/database.ts';
import { unavailable } from '../store/database-faults.ts';
import type { ContentOwner, SizedBlob } from '../store/stored-space.ts';
import { claimContent, expectContent, type UnclaimedBlob } from '../store/unclaimed-blobs.ts';
import type { FileGround } from './file-ground.ts';
import { removeContent } from './remove-content.ts';

export interface ContentSource extends Pick<PutHints, 'announced'> {
  readonly tenantId: TenantId;
  readonly content: AsyncIterable<Buffer>;
  /** Most bytes. */
  readonly limit: number;
}

export interface KeptContent extends StoredBlob {
  readonly blob: BlobKey;
}

/**
 * Stores content; when this resolves it is on disk. Until {@link claimKept} gives it a row it is known as unclaimed,
 * so that nothing stays of it whenever the process dies.
 *
 * @throws TriplineError too_large; whatever `content` throws
 */
export async function storeContent(
  ground: FileGround,
  { tenantId, content, limit, ...hints }: ContentSource,
): Promise<KeptContent> {
  const now = ground.clock.now();
  const blob = blobKey(tenantId, ground.ids.next(now));
  await expectContent(ground.database, { tenantId, blob }, now);
  try {
    return { ...(await ground.blobs.put(blob, content, limit, hints)), blob };
  } catch (error) {
    await removeContent(ground, tenantId, [blob]);
    throw error;
  }
}

/** Claims stored content in the transaction that names it. @throws TriplineError unavailable when it was collected */
export async function claimKept(tx: Transaction, kept: SizedBlob): Promise<void> {
  if (!(await claimContent(tx, kept))) throw unavailable('the upload took too long');
}

/**
 * Stores content and names it in one transaction. What is not named is not kept, however that ends.
 *
 * @param owner of what it is
 * @param name gives it a row; answers false when it is not needed after all
 * @returns whether it was named
 * @throws whatever `name` throws; as {@link storeContent}
 */
export async function keepContent(
  ground: FileGround,
  { owner, ...source }: ContentSource & { readonly owner: ContentOwner },
  name: (tx: Transaction, kept: KeptContent) => Promise<boolean>,
): Promise<boolean> {
  const { tenantId } = source;
  const kept = await storeContent(ground, source);
  const naming = async (tx: Transaction) => {
    const needed = await name(tx, kept);
    if (needed) await claimKept(tx, { ...kept, tenantId, owner });
    return needed;
  };
  return keepIfNamed(ground, { ...kept, tenantId }, () => ground.database.transaction(naming));
}

/** Keeps content, known as unclaimed, only when it gets a row. @param name gives it one, or answers false */
export async function keepIfNamed(
  ground: FileGround,
  { tenantId, blob }: UnclaimedBlob,
  name: () => Promise<boolean>,
): Promise<boolean> {
  let named = false;
  try {
    named = await name();
  } finally {
    // a commit may have come through although its answer was lost: then it is claimed, and stays
    if (!named) await removeContent(ground, tenantId, [blob]);
  }
  return named;
}
