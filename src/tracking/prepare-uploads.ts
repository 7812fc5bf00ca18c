import { type BlobStore, blobKey, type PartUpload } from '../blobs/blob-store.ts';
import type { BlobKey } from '../model/blob-key.ts';
import { TriplineError } from '../model/error.ts';
import type { TenantId } from '../model/ids.ts';
import { type ArtifactUpload, beginUploads, type NewUpload, uploadsOf } from '../store/artifact-uploads.ts';
import type { Artifact } from '../store/artifacts.ts';
import { expectContent } from '../store/unclaimed-blobs.ts';
import type { FileGround } from './file-ground.ts';

/** An upload that goes past Tripline, or comes in parts. */
export interface PreparedUpload extends ArtifactUpload {
  /** Numbers of the parts that have arrived. */
  readonly received: ReadonlySet<number>;
}

interface Wanted {
  readonly digest: string;
  readonly parts?: readonly string[] | undefined;
}

/**
 * Prepares uploads of those bytes that clients can bring to the store by themselves, or will send in parts. One that
 * is under way goes on.
 *
 * @returns by digest; what is missing comes through Tripline, in one request
 */
export async function prepareUploads(
  ground: FileGround,
  artifact: Artifact,
  files: readonly Wanted[],
): Promise<Map<string, PreparedUpload>> {
  const wanted = new Map(files.map((file) => [file.digest, file]));
  const separate = [...wanted.values()].filter((file) => isInParts(file) || isDirect(ground, artifact));
  if (separate.length === 0) return new Map();
  const prepared = await goOn(ground, artifact, separate);
  const fresh = separate.filter(({ digest }) => !prepared.has(digest));
  if (fresh.length === 0) return prepared;
  await begin(ground, artifact, fresh);
  // what somebody else began just now goes on too
  return new Map([...prepared, ...(await goOn(ground, artifact, fresh))]);
}

function isInParts({ parts = [] }: Wanted): boolean {
  return parts.length > 0;
}

/** Of other algorithms a digest is only a name: whoever has the address could change what a version shows. */
function isDirect({ blobs }: FileGround, { digestAlgorithm }: Artifact): boolean {
  return blobs.direct !== undefined && digestAlgorithm === 'MANIFEST_MD5';
}

/** The uploads under way of these files, as long as the store knows of them. */
async function goOn(
  { database, blobs }: FileGround,
  artifact: Artifact,
  files: readonly Wanted[],
): Promise<Map<string, PreparedUpload>> {
  const parts = new Map(files.map((file) => [file.digest, file.parts ?? []]));
  const known = await uploadsOf(database, artifact, [...parts.keys()]);
  const prepared = new Map<string, PreparedUpload>();
  for (const upload of known) {
    if ((upload.inParts?.md5s ?? []).join() !== parts.get(upload.digest)?.join()) continue;
    const received = await arrivedParts(blobs, upload);
    if (received !== undefined) prepared.set(upload.digest, { ...upload, received });
  }
  return prepared;
}

/** @returns `undefined` when the store knows of no such upload any more */
async function arrivedParts(blobs: BlobStore, upload: ArtifactUpload): Promise<ReadonlySet<number> | undefined> {
  const inParts = partsOf(upload);
  if (inParts === undefined) return new Set();
  try {
    return new Set((await blobs.listParts(inParts)).map(({ number }) => number));
  } catch (error) {
    if (error instanceof TriplineError && error.code === 'not_found') return undefined;
    throw error;
  }
}

async function begin(ground: FileGround, artifact: Artifact, files: readonly Wanted[]): Promise<void> {
  const { tenantId, collectionId, artifactId } = artifact;
  const digests = files.map(({ digest }) => digest);
  const replaced = new Map(
    (await uploadsOf(ground.database, artifact, digests)).map(({ digest, blob }) => [digest, blob]),
  );
  const now = ground.clock.now();
  const uploads: NewUpload[] = [];
  for (const { digest, parts = [] } of files) {
    const blob = blobKey(tenantId, ground.ids.next(now));
    const inParts = parts.length === 0 ? null : { id: await beginParts(ground, tenantId, blob), md5s: parts };
    const key = { tenantId, collectionId, digest, birthArtifactId: artifactId };
    uploads.push({ ...key, blob, inParts, instead: replaced.get(digest) });
  }
  await ground.database.transaction((tx) => beginUploads(tx, artifact, uploads, now));
}

/** What the store is told of is known as unclaimed before. */
async function beginParts({ database, clock, blobs }: FileGround, tenantId: TenantId, blob: BlobKey): Promise<string> {
  await expectContent(database, { tenantId, blob }, clock.now());
  return blobs.beginParts(blob);
}

/** The upload as the store knows it; `undefined` when it does not come in parts. */
export function partsOf({ blob, inParts }: ArtifactUpload): PartUpload | undefined {
  return inParts === null ? undefined : { key: blob, id: inParts.id };
}
