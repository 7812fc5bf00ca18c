import type { Instant } from '../model/clock.ts';
import type { ArtifactId, TenantId } from '../model/ids.ts';
import { holdBlobsOf } from './artifact-blobs.ts';
import { removeManifests } from './artifact-manifests.ts';
import type { Artifact, ArtifactKey } from './artifacts.ts';
import type { Transaction } from './database.ts';
import { forgetTermsOf, noteTermsOf } from './version-terms.ts';

/** What of an artifact may be edited, beside its aliases and tags. */
export type ArtifactText = Pick<Artifact, 'description' | 'metadataRaw' | 'metadata' | 'ttlSeconds'>;

/** Replaces what may be edited of an artifact, whose lock and those of its places are held. */
export async function updateArtifactText(
  tx: Transaction,
  key: ArtifactKey,
  { description, metadataRaw, metadata, ttlSeconds }: ArtifactText,
  now: Instant,
): Promise<void> {
  await forgetTermsOf(tx, key);
  await tx.execute(
    `update artifact set description = $3::text, metadata_raw = $4::text, metadata = $5::jsonb,
       ttl_seconds = $6::bigint, updated_at = $7::timestamptz
      where tenant_id = $1::bigint and artifact_id = $2::bigint`,
    [key.tenantId, key.artifactId, description, metadataRaw, JSON.stringify(metadata), ttlSeconds, new Date(now)],
  );
  await noteTermsOf(tx, key);
}

/**
 * Makes artifacts of one tenant, whose locks are held, deleted ones, without files and manifests. Bytes of files may
 * be shared with other versions: what nobody needs any more is collected later.
 */
export async function markArtifactsDeleted(
  tx: Transaction,
  tenantId: TenantId,
  ids: readonly ArtifactId[],
  now: Instant,
): Promise<void> {
  await tx.execute(
    `update artifact set state = 'deleted', deleted_at = $3::timestamptz, updated_at = $3::timestamptz
      where tenant_id = $1::bigint and artifact_id = any($2::bigint[]) and state <> 'deleted'`,
    [tenantId, ids, new Date(now)],
  );
  await holdBlobsOf(tx, tenantId, ids);
  await tx.execute('delete from artifact_file where tenant_id = $1::bigint and artifact_id = any($2::bigint[])', [
    tenantId,
    ids,
  ]);
  await removeManifests(tx, tenantId, ids);
}
