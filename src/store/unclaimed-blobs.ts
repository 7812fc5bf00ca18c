import type { BlobKey } from '../model/blob-key.ts';
import type { Instant } from '../model/clock.ts';
import type { TenantId } from '../model/ids.ts';
import type { Queryable, Transaction } from './database.ts';
import { type ContentOwner, countFreed, countStored, holderOf, type SizedBlob } from './stored-space.ts';

/** Where content lies, or is about to lie, that no row names. */
export interface UnclaimedBlob {
  readonly tenantId: TenantId;
  readonly blob: BlobKey;
}

/** Notes, before its first byte is written, where content will lie. */
export async function expectContent(
  database: Queryable,
  { tenantId, blob }: UnclaimedBlob,
  now: Instant,
): Promise<void> {
  await database.execute(
    'insert into unclaimed_blob (tenant_id, blob, wanted_at) values ($1::bigint, $2::text, $3::timestamptz)',
    [tenantId, blob, new Date(now)],
  );
}

/**
 * Says that content has a row from this transaction on, and counts it.
 *
 * @returns false when its upload took so long that it was collected
 */
export async function claimContent(tx: Transaction, content: SizedBlob): Promise<boolean> {
  const { tenantId, blob } = content;
  const claimed = await tx.execute('delete from unclaimed_blob where tenant_id = $1::bigint and blob = $2::text', [
    tenantId,
    blob,
  ]);
  if (claimed > 0) await countStored(tx, content);
  return claimed > 0;
}

/** Says that content, whose row this transaction took away, has none any more. */
export async function releaseContent(tx: Transaction, content: SizedBlob): Promise<void> {
  const { tenantId, blob } = content;
  await countFreed(tx, content);
  await tx.execute(
    `insert into unclaimed_blob (tenant_id, blob, wanted_at) values ($1::bigint, $2::text, '-infinity')`,
    [tenantId, blob],
  );
}

/**
 * A statement that deletes rows which have `tenant_id`, `blob`, `size` and what they belong to, releases their content
 * and answers its keys.
 */
export function releasing(deletion: string, owner: ContentOwner['kind']): string {
  return `with gone as (${deletion} returning tenant_id, blob, size, ${owner}_id as owner_id),
    freed as (
      insert into stored_change (tenant_id, blob, bytes, files, kind, holder_id)
        select tenant_id, blob, -size, -1, ${holderOf(owner, { tenant: 'gone.tenant_id', id: 'gone.owner_id' })}
          from gone where blob is not null)
    insert into unclaimed_blob (tenant_id, blob, wanted_at)
      select tenant_id, blob, '-infinity' from gone where blob is not null
    returning tenant_id as "tenantId", blob`;
}

/** Locks content that still no row names, of what is named here; without waiting for what is being claimed. */
export async function lockUnclaimed(
  tx: Transaction,
  tenantId: TenantId,
  blobs: readonly BlobKey[],
): Promise<UnclaimedBlob[]> {
  return tx.query<UnclaimedBlob>(
    `select tenant_id as "tenantId", blob from unclaimed_blob
      where tenant_id = $1::bigint and blob = any($2::text[]) order by blob for update skip locked`,
    [tenantId, blobs],
  );
}

/**
 * Locks content of any tenant that no row has named since an instant, the oldest first; as {@link lockUnclaimed}. What
 * is being put for a version that is not committed yet stays as long as that is expected.
 */
export async function lockUnclaimedSince(tx: Transaction, before: Instant, limit: number): Promise<UnclaimedBlob[]> {
  return tx.query<UnclaimedBlob>(
    `select tenant_id as "tenantId", blob from unclaimed_blob
      where wanted_at < $1::timestamptz
        and not exists (select from artifact_blob b
          where b.tenant_id = unclaimed_blob.tenant_id and b.upload_blob = unclaimed_blob.blob)
      order by wanted_at limit $2::int for update skip locked`,
    [new Date(before), limit],
  );
}

/** Forgets content that is gone. Its rows are locked. */
export async function forgetUnclaimed(tx: Transaction, blobs: readonly UnclaimedBlob[]): Promise<void> {
  await tx.execute(
    'delete from unclaimed_blob where tenant_id = any($1::bigint[]) and blob = any($2::text[])',
    columnsOf(blobs),
  );
}

/** Comes to content, which could not be removed, after all other. Its rows are locked. */
export async function postponeUnclaimed(tx: Transaction, blobs: readonly UnclaimedBlob[], now: Instant): Promise<void> {
  await tx.execute(
    `update unclaimed_blob set wanted_at = $3::timestamptz
      where tenant_id = any($1::bigint[]) and blob = any($2::text[])`,
    [...columnsOf(blobs), new Date(now)],
  );
}

function columnsOf(blobs: readonly UnclaimedBlob[]): [tenants: string[], blobs: string[]] {
  return [blobs.map(({ tenantId }) => tenantId), blobs.map(({ blob }) => blob)];
}
