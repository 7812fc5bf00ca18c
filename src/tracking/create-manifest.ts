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
import { touchArtifact } from '../store/pending-artifacts.ts';
import { releaseContent } from '../store/unclaimed-blobs.ts';
import type { FileGround } from './file-ground.ts';
import { pendingArtifact } from './pending-artifact.ts';
import { removeContent } from './remove-content.ts';

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
export async function createManifest(ground: FileGround, input: ManifestInput): Promise<ArtifactManifest> {
  await pendingArtifact(ground.database, input);
  const { tenantId, artifactId, type, digest, baseArtifactId } = input;
  const manifestId = ground.ids.next<ManifestId>(ground.clock.now());
  const manifest = { tenantId, manifestId, artifactId, type, digest, baseArtifactId, blob: null, size: 0 };
  return change(ground, manifest, async (tx) => {
    const manifests = type === 'patch' ? [] : await manifestsOf(tx, input);
    return manifests.find((existing) => existing.type === type);
  });
}

export interface ManifestChange extends ManifestKey {
  readonly digest: string | undefined;
  readonly baseArtifactId: ArtifactId | undefined;
}

/** Says the digest of a manifest whose place was made before. @throws as {@link createManifest} */
export async function updateManifest(ground: FileGround, changed: ManifestChange): Promise<ArtifactManifest> {
  const found = await manifestById(ground.database, changed);
  if (found === undefined) throw notFound('manifest not found');
  const { digest = found.digest, baseArtifactId = found.baseArtifactId } = changed;
  return change(ground, { ...found, digest, baseArtifactId }, (tx) => manifestById(tx, found));
}

/** Saves a manifest in the place of an existing one, or as a new one. */
async function change(
  ground: FileGround,
  wanted: ArtifactManifest,
  existingOf: (tx: Transaction) => Promise<ArtifactManifest | undefined>,
): Promise<ArtifactManifest> {
  checkDigest(wanted.digest);
  const { saved, replaced } = await ground.database.transaction(async (tx) => {
    await lockPending(tx, wanted);
    const now = ground.clock.now();
    await touchArtifact(tx, wanted, now);
    const existing = await existingOf(tx);
    const { digest, baseArtifactId } = wanted;
    if (existing === undefined) await insertManifest(tx, wanted, now);
    const kept = existing?.digest === digest;
    const saved = { ...(existing ?? wanted), digest, baseArtifactId, ...(kept ? {} : { blob: null, size: 0 }) };
    if (existing !== undefined) await announceManifest(tx, saved);
    const replaced = kept ? null : (existing?.blob ?? null);
    if (replaced !== null) {
      const owner = { kind: 'artifact', id: wanted.artifactId } as const;
      await releaseContent(tx, { tenantId: wanted.tenantId, blob: replaced, size: existing?.size ?? 0, owner });
    }
    return { saved, replaced };
  });
  if (replaced !== null) await removeContent(ground, wanted.tenantId, [replaced]);
  return saved;
}

async function lockPending(tx: Transaction, key: ArtifactKey): Promise<void> {
  const locked = await lockArtifact(tx, key);
  if (locked?.state !== 'pending') throw conflict('this artifact is not pending any more');
}

function checkDigest(digest: string): void {
  if (digest !== '' && !MD5.test(digest)) throw invalid('the digest of a manifest must be a base64 MD5', 'digest');
}
