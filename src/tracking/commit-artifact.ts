import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { announcing } from '../blobs/blob-store.ts';
import type { BlobKey } from '../model/blob-key.ts';
import type { Instant } from '../model/clock.ts';
import { invalid, notFound, TriplineError } from '../model/error.ts';
import type { IntegrationId, ManifestId } from '../model/ids.ts';
import { type ArtifactFile, insertArtifactFiles } from '../store/artifact-files.ts';
import { type ArtifactManifest, insertManifest, manifestsOf } from '../store/artifact-manifests.ts';
import { type Artifact, type ArtifactKey, artifactById, lockArtifact } from '../store/artifacts.ts';
import { type Collection, lockCollections } from '../store/collections.ts';
import type { Transaction } from '../store/database.ts';
import { insertLineage } from '../store/lineage.ts';
import { insertMembership } from '../store/memberships.ts';
import { markCommitted } from '../store/pending-artifacts.ts';
import { insertVersionTags } from '../store/version-tags.ts';
import { type ArtifactChange, causeArtifactEvents } from './artifact-events.ts';
import { checkContent } from './check-content.ts';
import { digesterOf } from './digester.ts';
import type { FileGround } from './file-ground.ts';
import { giveAliases } from './give-aliases.ts';
import { claimKept, storeContent } from './keep-content.ts';
import { tagChanges } from './log-again.ts';
import { digestOf, printManifest } from './manifest.ts';
import { type Content, readManifests } from './read-manifests.ts';
import { refuseVersion } from './refuse-version.ts';
import { removeContent } from './remove-content.ts';
import type { TrackingRoom } from './room.ts';
import { settleUploads } from './settle-uploads.ts';
import { expectRoom } from './space.ts';
import { endOfVersion, setEnd } from './version-end.ts';

/** What of a commit needs bytes; made before its transaction. */
interface Prepared extends Content {
  readonly digest: string;
  /** Said to the store with the commit, when it was put together here. */
  readonly merged: MergedManifest | null;
}

type MergedManifest = ArtifactManifest & { readonly blob: BlobKey };

/**
 * Makes a pending artifact the next version of its sequence (wandb protocol, 5.8), with the names and tags that were
 * asked for when it was created, and `latest`. Committed already, it stays as it is.
 *
 * @param author who asked for it
 * @throws TriplineError not_found; invalid when bytes are missing or the digest is another: nothing has changed then;
 *   too_large when its entity stores too much: nothing of it is kept
 */
export async function commitArtifact(
  room: TrackingRoom,
  files: FileGround,
  key: ArtifactKey,
  author: string,
): Promise<Artifact> {
  for (;;) {
    const artifact = await artifactById(room.ground.database, key);
    if (artifact === undefined || artifact.state === 'deleted') throw notFound('artifact not found');
    if (artifact.state === 'committed') return artifact;
    await settleUploads(files, artifact);
    const prepared = await prepare(files, artifact);
    const destinations = await commit(room, files, artifact, prepared, author).catch(async (error: unknown) => {
      await discard(files, prepared);
      if (error instanceof TriplineError && error.code === 'too_large') await refuseVersion(files, artifact);
      throw error;
    });
    if (destinations !== undefined) room.woken(destinations);
    else await discard(files, prepared);
    // committed by us or by somebody else, or another manifest has come: the next look tells
  }
}

async function prepare(files: FileGround, artifact: Artifact): Promise<Prepared> {
  const content = await readManifests(files, artifact);
  const digest = digestOf(content.entries.values(), await digesterOf(artifact.digestAlgorithm));
  if (content.full === null) return { ...content, digest, merged: await storeMerged(files, artifact, content) };
  if (digest !== artifact.digest) {
    throw invalid(`the digest of the manifest is ${digest}, not ${artifact.digest} as announced`, 'digest');
  }
  return { ...content, digest, merged: null };
}

/** Readers want one manifest that says everything. */
async function storeMerged(files: FileGround, artifact: Artifact, content: Content): Promise<MergedManifest> {
  const now = files.clock.now();
  const { tenantId, artifactId } = artifact;
  const bytes = Buffer.from(printManifest(content));
  const { length: limit } = bytes;
  const source = { tenantId, content: Readable.from([bytes]), limit, ...announcing(limit) };
  const { md5: digest, size, blob } = await storeContent(files, source);
  const manifestId = files.ids.next<ManifestId>(now);
  return { tenantId, manifestId, artifactId, type: 'full', digest, baseArtifactId: null, blob, size };
}

/** A commit may have come through although its answer was lost: then its manifest is claimed, and stays. */
async function discard(files: FileGround, { merged }: Prepared): Promise<void> {
  if (merged !== null) await removeContent(files, merged.tenantId, [merged.blob]);
}

/** @returns `undefined` when what was prepared is no longer what there is */
function commit(
  room: TrackingRoom,
  files: FileGround,
  key: Artifact,
  prepared: Prepared,
  author: string,
): Promise<readonly IntegrationId[] | undefined> {
  return room.ground.database.transaction(async (tx) => {
    const [sequence] = await lockCollections(tx, key.tenantId, [key.collectionId]);
    const artifact = await lockArtifact(tx, key);
    if (sequence === undefined) throw notFound('the collection of this artifact was deleted');
    if (artifact?.state !== 'pending') return undefined;
    if (!isSame(await manifestsOf(tx, artifact), prepared.sources)) return undefined;
    const now = room.ground.clock.now();
    await expectRoom(tx, files.space, artifact.tenantId, 0);
    const content = await checkContent(tx, artifact, [...prepared.entries.values()]);
    await save(tx, artifact, prepared, content, now);
    const committed = { ...artifact, committedAt: now };
    if (endOfVersion(committed, sequence) !== undefined) await setEnd(tx, committed, sequence);
    return causeArtifactEvents(room, tx, author, await appear(tx, sequence, artifact, now));
  });
}

function isSame(now: readonly ArtifactManifest[], before: readonly ArtifactManifest[]): boolean {
  const blobs = (manifests: readonly ArtifactManifest[]) => manifests.map(({ digest, blob }) => `${digest} ${blob}`);
  return blobs(now).join() === blobs(before).join();
}

async function save(
  tx: Transaction,
  artifact: Artifact,
  { digest, merged, baseArtifactId }: Prepared,
  content: readonly ArtifactFile[],
  now: Instant,
): Promise<void> {
  const { tenantId, artifactId } = artifact;
  const size = content.reduce((sum, file) => sum + file.size, 0);
  const commitHash = createHash('sha1').update(`${tenantId}/${artifactId}/${digest}`).digest('hex');
  await insertArtifactFiles(tx, artifact, content);
  if (merged !== null) {
    await claimKept(tx, { ...merged, owner: { kind: 'artifact', id: artifactId } });
    await insertManifest(tx, merged, now);
  }
  const fileCount = content.length;
  await markCommitted(tx, { tenantId, artifactId, digest, size, fileCount, commitHash, baseArtifactId, now });
}

/** Gives the version its place, its tags and its names. */
async function appear(
  tx: Transaction,
  sequence: Collection,
  artifact: Artifact,
  now: Instant,
): Promise<readonly ArtifactChange[]> {
  const { tenantId, collectionId } = sequence;
  const membership = await insertMembership(tx, { tenantId, collectionId, artifact, by: artifact.userId, now });
  const { wantedTags: tags, wantedAliases, runId } = artifact;
  await insertVersionTags(tx, artifact, tags, now);
  if (runId !== null) {
    await insertLineage(tx, { run: { tenantId, runId }, direction: 'output', artifact, usedAs: null, now });
  }
  const place = { ...membership, projectId: sequence.projectId, kind: sequence.kind, tags: [...tags].sort() };
  const given = await giveAliases(tx, place, [...wantedAliases, 'latest'], now);
  return [{ type: 'CREATE_ARTIFACT', place: given.place }, ...given.changes, ...tagChanges([given.place], tags)];
}
