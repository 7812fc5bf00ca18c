import type { BlobKey } from '../model/blob-key.ts';
import type { Instant } from '../model/clock.ts';
import type { ArtifactId, ManifestId, TenantId } from '../model/ids.ts';
import type { ArtifactKey } from './artifacts.ts';
import type { Queryable, Transaction } from './database.ts';
import { releasing } from './unclaimed-blobs.ts';

/** A full one says all files; an incremental one adds to a base; patches of several writers make one together. */
export type ManifestType = 'full' | 'incremental' | 'patch';

export interface ManifestKey {
  readonly tenantId: TenantId;
  readonly manifestId: ManifestId;
}

export interface ArtifactManifest extends ManifestKey {
  readonly artifactId: ArtifactId;
  readonly type: ManifestType;
  /** Base64 MD5 of its JSON; empty until the client knows it. */
  readonly digest: string;
  readonly baseArtifactId: ArtifactId | null;
  /** Where its JSON lies; `null` until it has arrived whole. */
  readonly blob: BlobKey | null;
  readonly size: number;
}

const COLUMNS = `tenant_id as "tenantId", manifest_id as "manifestId", artifact_id as "artifactId", type, digest,
  base_artifact_id as "baseArtifactId", blob, size::float8 as size`;

export async function manifestById(database: Queryable, key: ManifestKey): Promise<ArtifactManifest | undefined> {
  const [row] = await database.query<ArtifactManifest>(
    `select ${COLUMNS} from artifact_manifest where tenant_id = $1::bigint and manifest_id = $2::bigint`,
    [key.tenantId, key.manifestId],
  );
  return row;
}

/** The manifests of an artifact, the oldest first. */
export async function manifestsOf(database: Queryable, key: ArtifactKey): Promise<ArtifactManifest[]> {
  return database.query<ArtifactManifest>(
    `select ${COLUMNS} from artifact_manifest
      where tenant_id = $1::bigint and artifact_id = $2::bigint order by manifest_id`,
    [key.tenantId, key.artifactId],
  );
}

export async function insertManifest(tx: Transaction, manifest: ArtifactManifest, now: Instant): Promise<void> {
  const { tenantId, manifestId, artifactId, type, digest, baseArtifactId, blob, size } = manifest;
  await tx.execute(
    `insert into artifact_manifest (tenant_id, manifest_id, artifact_id, type, digest, base_artifact_id, blob, size,
       created_at)
     values ($1::bigint, $2::bigint, $3::bigint, $4::text, $5::text, $6::bigint, $7::text, $8::bigint, $9::timestamptz)`,
    [tenantId, manifestId, artifactId, type, digest, baseArtifactId, blob, size, new Date(now)],
  );
}

/** Announces the content of a manifest; content of another digest that had arrived counts no more. */
export async function announceManifest(tx: Transaction, manifest: ArtifactManifest): Promise<void> {
  const { tenantId, manifestId, digest, baseArtifactId, blob, size } = manifest;
  await tx.execute(
    `update artifact_manifest set digest = $3::text, base_artifact_id = $4::bigint, blob = $5::text, size = $6::bigint
      where tenant_id = $1::bigint and manifest_id = $2::bigint`,
    [tenantId, manifestId, digest, baseArtifactId, blob, size],
  );
}

/** Gives a manifest the content that was announced, unless it has it already. @returns whether it took it */
export async function fillManifest(
  tx: Transaction,
  { tenantId, manifestId }: ManifestKey,
  { md5, size, blob }: { readonly md5: string; readonly size: number; readonly blob: string },
): Promise<boolean> {
  const filled = await tx.execute(
    `update artifact_manifest set blob = $4::text, size = $5::bigint
      where tenant_id = $1::bigint and manifest_id = $2::bigint and digest = $3::text and blob is null`,
    [tenantId, manifestId, md5, blob, size],
  );
  return filled > 0;
}

/** Removes the manifests of artifacts of one tenant, whose locks are held, and releases their contents. */
export async function removeManifests(
  tx: Transaction,
  tenantId: TenantId,
  artifactIds: readonly ArtifactId[],
): Promise<void> {
  await tx.query(
    releasing(
      'delete from artifact_manifest where tenant_id = $1::bigint and artifact_id = any($2::bigint[])',
      'artifact',
    ),
    [tenantId, artifactIds],
  );
}
