import { invalid } from '../model/error.ts';
import type { ArtifactId } from '../model/ids.ts';
import { type ArtifactBlobKey, claimBlobs, expectBlobs } from '../store/artifact-blobs.ts';
import type { Artifact, ArtifactKey } from '../store/artifacts.ts';
import type { Transaction } from '../store/database.ts';
import type { Ground } from '../store/ground.ts';
import { touchArtifact } from '../store/pending-artifacts.ts';
import { pendingArtifact } from './pending-artifact.ts';

/** Bytes that a pending artifact will name in its manifest. */
export interface WantedFile {
  readonly name: string;
  /** Base64. */
  readonly digest: string;
}

export interface PlacedFile extends WantedFile, ArtifactBlobKey {
  readonly digestAlgorithm: string;
  /** These bytes are there already. */
  readonly stored: boolean;
}

/** Base64 of 16 bytes: MD5 and XXH128 alike. */
const DIGEST = /^[A-Za-z0-9+/]{22}==$/;

/**
 * Says for each file whether its bytes must be uploaded, and as whose (wandb protocol, 5.6), in the order asked for.
 *
 * @throws TriplineError not_found, invalid, conflict when the artifact is committed
 */
export async function createArtifactFiles(
  ground: Ground,
  key: ArtifactKey,
  files: readonly WantedFile[],
): Promise<PlacedFile[]> {
  for (const { name, digest } of files) {
    if (!DIGEST.test(digest)) throw invalid(`the digest of file '${name.slice(0, 100)}' is not base64 of 16 bytes`);
  }
  const artifact = await pendingArtifact(ground.database, key);
  const digests = [...new Set(files.map(({ digest }) => digest))].sort();
  const stored = await ground.database.transaction((tx) => place(tx, ground, artifact, digests));
  const { tenantId, collectionId, artifactId, digestAlgorithm } = artifact;
  return files.map(({ name, digest }) => {
    const birthArtifactId = stored.get(digest) ?? artifactId;
    return { name, digest, tenantId, collectionId, birthArtifactId, digestAlgorithm, stored: stored.has(digest) };
  });
}

/** @returns whose bytes are used, by digest */
async function place(
  tx: Transaction,
  ground: Ground,
  artifact: Artifact,
  digests: readonly string[],
): Promise<Map<string, ArtifactId>> {
  const { tenantId, collectionId, artifactId } = artifact;
  const now = ground.clock.now();
  await touchArtifact(tx, artifact, now);
  const claimed = await claimBlobs(tx, artifact, digests, now);
  const stored = new Map(claimed.map(({ digest, birthArtifactId }) => [digest, birthArtifactId]));
  const missing = digests.filter((digest) => !stored.has(digest));
  const expected = missing.map((digest) => ({ tenantId, collectionId, digest, birthArtifactId: artifactId }));
  await expectBlobs(tx, expected, now);
  return stored;
}
