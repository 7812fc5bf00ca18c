import { parseAliases, parseTags } from '../model/artifact-names.ts';
import { conflict } from '../model/error.ts';
import type { ArtifactId } from '../model/ids.ts';
import { type Artifact, lockArtifact } from '../store/artifacts.ts';
import { type Collection, lockCollections } from '../store/collections.ts';
import type { Transaction } from '../store/database.ts';
import type { Ground } from '../store/ground.ts';
import { insertLineage } from '../store/lineage.ts';
import {
  artifactByClientId,
  insertArtifact,
  latestVersion,
  pendingByDistributedId,
  releaseClientId,
  setWanted,
  touchArtifact,
  versionByDigest,
} from '../store/pending-artifacts.ts';
import { type ArtifactInput, type CheckedInput, checkInput, type Logging } from './artifact-input.ts';
import { ensureSequence } from './ensure-sequence.ts';
import type { FileGround } from './file-ground.ts';
import { logAgain } from './log-again.ts';
import type { TrackingRoom } from './room.ts';
import { expectRoom } from './space.ts';

/**
 * Begins a version (wandb protocol, 5.4): answers it pending, to be uploaded and committed; or the committed one
 * that has this content already, which is then given the names and tags asked for.
 *
 * @throws TriplineError invalid; conflict when the name is taken by something else; too_large when its entity stores too
 *   much already
 */
export async function createArtifact(
  room: TrackingRoom,
  { space }: Pick<FileGround, 'space'>,
  logging: Logging,
  input: ArtifactInput,
): Promise<Artifact> {
  const wanted = checkInput(input);
  const { tenantId, projectId, userId } = logging;
  const name = { tenantId, projectId, name: wanted.collectionName, typeName: wanted.typeName, userId };
  for (;;) {
    const sequence = await ensureSequence(room.ground, name);
    const artifact = await room.ground.database.transaction((tx) =>
      begin(tx, { ...room.ground, space }, sequence, logging, wanted),
    );
    if (artifact.state !== 'committed' || (await logAgain(room, logging, artifact, wanted))) return artifact;
    // deleted while it was logged again: it becomes a new version
  }
}

async function begin(
  tx: Transaction,
  ground: Ground & Pick<FileGround, 'space'>,
  sequence: Collection,
  logging: Logging,
  wanted: CheckedInput,
): Promise<Artifact> {
  const [locked] = await lockCollections(tx, sequence.tenantId, [sequence.collectionId]);
  if (locked === undefined)
    throw conflict(`collection '${sequence.name}' was deleted while a version was logged to it`);
  const known = await findKnown(tx, locked, wanted);
  if (known === undefined) await expectRoom(tx, ground.space, locked.tenantId, 0);
  if (known === undefined) return insert(tx, ground, locked, logging, wanted);
  if (known.state === 'pending') await goOn(tx, ground, known, logging, wanted);
  return known;
}

/** The version that this request means, if it is there: by the ids that clients give, or by its content. */
async function findKnown(tx: Transaction, sequence: Collection, wanted: CheckedInput): Promise<Artifact | undefined> {
  const { clientId, distributedId } = wanted;
  const repeated = clientId === null ? undefined : await artifactByClientId(tx, sequence.tenantId, clientId);
  if (repeated?.state === 'deleted') await releaseClientId(tx, repeated);
  else if (repeated !== undefined) return ofSequence(repeated, sequence);
  if (distributedId !== null) return pendingByDistributedId(tx, sequence, distributedId);
  return wanted.deduplicate ? findEqual(tx, sequence, wanted) : undefined;
}

function ofSequence(repeated: Artifact, sequence: Collection): Artifact {
  if (repeated.collectionId === sequence.collectionId) return repeated;
  throw conflict('an artifact of this clientID was logged under another name');
}

/**
 * A client that uploads is answered the newest version, if it is the same. One that has no content of its own (the
 * public API's `log_artifact`, which gives no client id) means an existing version.
 */
async function findEqual(tx: Transaction, sequence: Collection, wanted: CheckedInput): Promise<Artifact | undefined> {
  if (wanted.clientId === null) return versionByDigest(tx, sequence, wanted.digest);
  const latest = await latestVersion(tx, sequence);
  const same = latest?.digest === wanted.digest && latest.digestAlgorithm === wanted.digestAlgorithm;
  return same ? latest : undefined;
}

async function insert(
  tx: Transaction,
  ground: Ground,
  sequence: Collection,
  { runId, userId }: Logging,
  wanted: CheckedInput,
): Promise<Artifact> {
  const now = ground.clock.now();
  const { tenantId, projectId, collectionId } = sequence;
  const artifactId = ground.ids.next<ArtifactId>(now);
  const { aliases: wantedAliases, tags: wantedTags, ...content } = wanted;
  const place = { tenantId, artifactId, projectId, collectionId };
  await insertArtifact(tx, { ...content, ...place, wantedAliases, wantedTags, runId, userId, createdAt: now });
  const inserted = await lockArtifact(tx, { tenantId, artifactId });
  if (inserted === undefined) throw new Error(`artifact ${artifactId} is not there, though it was inserted`);
  return inserted;
}

/** Somebody brings it after all, though nobody may have for a day; or it is a further writer. */
async function goOn(tx: Transaction, ground: Ground, artifact: Artifact, logging: Logging, wanted: CheckedInput) {
  if (wanted.distributedId !== null) return join(tx, ground, artifact, logging, wanted);
  await touchArtifact(tx, artifact, ground.clock.now());
}

/** A further writer: what any of them asks for is given, and all of them made it. */
async function join(tx: Transaction, ground: Ground, artifact: Artifact, { runId }: Logging, wanted: CheckedInput) {
  const now = ground.clock.now();
  await setWanted(tx, artifact, {
    aliases: parseAliases([...new Set([...artifact.wantedAliases, ...wanted.aliases])]),
    tags: parseTags([...new Set([...artifact.wantedTags, ...wanted.tags])]),
    now,
  });
  if (runId === null) return;
  const run = { tenantId: artifact.tenantId, runId };
  await insertLineage(tx, { run, direction: 'output', artifact, usedAs: null, now });
}
