import { invalid } from '../model/error.ts';
import type { ArtifactId } from '../model/ids.ts';
import { type ArtifactBlobKey, claimBlobs, expectBlobs } from '../store/artifact-blobs.ts';
import type { Artifact, ArtifactKey } from '../store/artifacts.ts';
import type { Transaction } from '../store/database.ts';
import type { Ground } from '../store/ground.ts';
import { touchArtifact } from '../store/pending-artifacts.ts';
import { settleAssembled } from './complete-upload.ts';
import type { FileGround } from './file-ground.ts';
import { pendingArtifact } from './pending-artifact.ts';
import { type PreparedUpload, prepareUploads } from './prepare-uploads.ts';

/** Bytes that a pending artifact will name in its manifest. */
export interface WantedFile {
  readonly name: string;
  /** Base64. */
  readonly digest: string;
  /** Base64 MD5 of each part, in order, when the client would send it in parts. */
  readonly parts?: readonly string[] | undefined;
}

export interface PlacedFile extends WantedFile, ArtifactBlobKey {
  readonly digestAlgorithm: string;
  /** These bytes are there already. */
  readonly stored: boolean;
  /** Where the client puts them by itself, or part by part; absent when one request brings them here. */
  readonly upload: PreparedUpload | undefined;
}

/** Base64 of 16 bytes: MD5 and XXH128 alike. */
const DIGEST = /^[A-Za-z0-9+/]{22}==$/;
/** As many as an object store takes. */
const MOST_PARTS = 10_000;

/**
 * Says for each file whether its bytes must be uploaded, and as whose (wandb protocol, 5.6), in the order asked for.
 *
 * @throws TriplineError not_found, invalid, conflict when the artifact is committed
 */
export async function createArtifactFiles(
  ground: FileGround,
  key: ArtifactKey,
  files: readonly WantedFile[],
): Promise<PlacedFile[]> {
  files.forEach(expectAccepted);
  const artifact = await pendingArtifact(ground.database, key);
  const digests = [...new Set(files.map(({ digest }) => digest))].sort();
  const inParts = files.filter(({ parts = [] }) => parts.length > 0).map(({ digest }) => digest);
  if (inParts.length > 0) await settleAssembled(ground, artifact, inParts);
  const stored = await ground.database.transaction((tx) => place(tx, ground, artifact, digests));
  const { tenantId, collectionId, artifactId, digestAlgorithm } = artifact;
  const missing = files.filter(({ digest }) => !stored.has(digest));
  const uploads = await prepareUploads(ground, artifact, missing);
  return files.map(({ name, digest }) => {
    const birthArtifactId = stored.get(digest) ?? artifactId;
    const upload = uploads.get(digest);
    const key = { tenantId, collectionId, birthArtifactId, digest };
    return { ...key, name, digestAlgorithm, stored: stored.has(digest), upload };
  });
}

function expectAccepted({ name, digest, parts = [] }: WantedFile): void {
  const file = `file '${name.slice(0, 100)}'`;
  if (!DIGEST.test(digest)) throw invalid(`the digest of ${file} is not base64 of 16 bytes`);
  if (parts.length > MOST_PARTS) throw invalid(`${file} has ${parts.length} parts; at most ${MOST_PARTS} are allowed`);
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
  // given up just now, after a day, it is gone by now; otherwise it stays
  await pendingArtifact(tx, artifact);
  const claimed = await claimBlobs(tx, artifact, digests, now);
  const stored = new Map(claimed.map(({ digest, birthArtifactId }) => [digest, birthArtifactId]));
  const missing = digests.filter((digest) => !stored.has(digest));
  const expected = missing.map((digest) => ({ tenantId, collectionId, digest, birthArtifactId: artifactId }));
  await expectBlobs(tx, expected, now);
  return stored;
}
