import { conflict, invalid, notFound } from '../model/error.ts';
import type { ArtifactId, ManifestId } from '../model/ids.ts';
import {
  type ArtifactManifest,
  announceManifest,
  insertManifest,
  type ManifestKey,
  type ManifestType,
  manifestById,
  manifestsOf,
} from '../store/artifact-manifests.ts';
import { type ArtifactKey, lockArtifact } from '../store/artifacts.ts';
import type { Transaction } from '../store/database.ts';
import type { Ground } from '../store/ground.ts';
import { touchArtifact } from '../store/pending-artifacts.ts';
import { pendingArtifact } from './pending-artifact.ts';

export interface ManifestInput extends ArtifactKey {
  readonly type: ManifestType;
  /** Base64 MD5 of its JSON; empty when the client does not know it yet. */
  readonly digest: string;
  /** The version that an incremental manifest adds to, of the same tenant. */
  readonly baseArtifactId: ArtifactId | null;
}

/** Base64 of 16 bytes. */
const MD5 = /^[A-Za-z0-9+/]{22}==$/;

/**
 * Creates the manifest of a pending artifact. A full one is there once: asking again says its digest, when the client
 * knows it (wandb protocol, 5.5). Patches of several writers are each their own.
 *
 * @throws TriplineError not_found, invalid, conflict when the artifact is committed
 */
export async function createManifest(ground: Ground, input: ManifestInput): Promise<ArtifactManifest> {
  checkDigest(input.digest);
  await pendingArtifact(ground.database, input);
  const now = ground.clock.now();
  const manifestId = ground.ids.next<ManifestId>(now);
  return ground.database.transaction(async (tx) => {
    await lockPending(tx, input);
    await touchArtifact(tx, input, now);
    const existing = input.type === 'patch' ? undefined : await manifestOfType(tx, input);
    if (existing !== undefined) return announce(tx, existing, input);
    const { tenantId, artifactId, type, digest, baseArtifactId } = input;
    const manifest = { tenantId, manifestId, artifactId, type, digest, baseArtifactId, blob: null, size: 0 };
    await insertManifest(tx, manifest, now);
    return manifest;
  });
}

export interface ManifestChange extends ManifestKey {
  readonly digest: string | undefined;
  readonly baseArtifactId: ArtifactId | undefined;
}

/** Says the digest of a manifest whose place was made before. @throws as {@link createManifest} */
export async function updateManifest(ground: Ground, change: ManifestChange): Promise<ArtifactManifest> {
  if (change.digest !== undefined) checkDigest(change.digest);
  const found = await manifestById(ground.database, change);
  if (found === undefined) throw notFound('manifest not found');
  return ground.database.transaction(async (tx) => {
    await lockPending(tx, found);
    await touchArtifact(tx, found, ground.clock.now());
    const { digest = found.digest, baseArtifactId = found.baseArtifactId } = change;
    return announce(tx, found, { digest, baseArtifactId });
  });
}

async function manifestOfType(tx: Transaction, { type, ...key }: ManifestInput): Promise<ArtifactManifest | undefined> {
  return (await manifestsOf(tx, key)).find((manifest) => manifest.type === type);
}

async function announce(
  tx: Transaction,
  manifest: ArtifactManifest,
  { digest, baseArtifactId }: Pick<ArtifactManifest, 'digest' | 'baseArtifactId'>,
): Promise<ArtifactManifest> {
  await announceManifest(tx, { ...manifest, digest, baseArtifactId });
  return { ...manifest, digest, baseArtifactId };
}

async function lockPending(tx: Transaction, key: ArtifactKey): Promise<void> {
  const locked = await lockArtifact(tx, key);
  if (locked?.state !== 'pending') throw conflict('this artifact is not pending any more');
}

function checkDigest(digest: string): void {
  if (digest !== '' && !MD5.test(digest)) throw invalid('the digest of a manifest must be a base64 MD5', 'digest');
}
