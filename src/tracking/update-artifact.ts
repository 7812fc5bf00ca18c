import { demand } from '../access/demand.ts';
import { parseAliases, parseTags } from '../model/artifact-names.ts';
import type { Instant } from '../model/clock.ts';
import { invalid } from '../model/error.ts';
import { authorOf, type Viewer } from '../model/viewer.ts';
import { removeAliases } from '../store/aliases.ts';
import { updateArtifactText } from '../store/artifact-edits.ts';
import { type Artifact, type ArtifactKey, artifactById } from '../store/artifacts.ts';
import { recordDeed } from '../store/audit.ts';
import { collectionById } from '../store/collections.ts';
import type { Transaction } from '../store/database.ts';
import { tellCollection } from '../store/tell-collection.ts';
import { type ArtifactChange, causeArtifactEvents } from './artifact-events.ts';
import { changeVersionTags } from './change-version-tags.ts';
import { type ArtifactTextEdit, editedText } from './edited-text.ts';
import { giveAliases } from './give-aliases.ts';
import { type LockedVersion, lockVersion, startingOver } from './lock-versions.ts';
import { demandAliasEdit } from './protected-aliases.ts';
import type { TrackingRoom } from './room.ts';
import { setEnd } from './version-end.ts';
import { type PlacedArtifact, requireArtifact } from './visible-artifact.ts';

/** What is to be changed of an artifact; what is absent stays. */
export interface ArtifactEdit extends ArtifactTextEdit {
  readonly tagsToAdd?: readonly string[] | undefined;
  readonly tagsToDelete?: readonly string[] | undefined;
  /** All that it is to have in its sequence. */
  readonly aliases?: readonly string[] | undefined;
}

/**
 * Edits an artifact, all of it or nothing. A pending one has no aliases and tags yet.
 *
 * @throws TriplineError invalid, not_found, forbidden
 */
export async function updateArtifact(
  room: TrackingRoom,
  viewer: Viewer,
  key: ArtifactKey | undefined,
  edit: ArtifactEdit,
): Promise<Artifact> {
  const { database } = room.ground;
  const placed = await requireArtifact(database, viewer, key);
  demand(viewer, 'log', placed.project, 'artifact');
  const destinations = await startingOver(database, async (tx) => {
    const version = await lockVersion(tx, placed.artifact);
    if (version === undefined) return undefined;
    const changes = await applyEdit(room, tx, { viewer, placed, version, edit });
    return causeArtifactEvents(room, tx, authorOf(viewer).username, changes);
  });
  room.woken(destinations);
  return (await artifactById(database, placed.artifact)) ?? placed.artifact;
}

interface Editing {
  readonly viewer: Viewer;
  readonly placed: PlacedArtifact;
  readonly version: LockedVersion;
  readonly edit: ArtifactEdit;
}

async function applyEdit(room: TrackingRoom, tx: Transaction, editing: Editing): Promise<ArtifactChange[]> {
  const { version, edit } = editing;
  const now = room.ground.clock.now();
  const add = parseTags(edit.tagsToAdd ?? []);
  const remove = edit.tagsToDelete ?? [];
  if (version.places.length === 0 && (add.length > 0 || remove.length > 0 || edit.aliases !== undefined)) {
    throw invalid('the artifact has no aliases and tags before it is committed');
  }
  const tagged = await changeVersionTags(tx, version, { add, remove }, now);
  const text = editedText(version.artifact, edit);
  if (text !== undefined || tagged.changes.length > 0) {
    await updateArtifactText(tx, version.artifact, text ?? version.artifact, now);
    for (const place of version.places) tellCollection(tx, place);
  }
  if (text !== undefined && text.ttlSeconds !== version.artifact.ttlSeconds) {
    const sequence = await collectionById(tx, version.artifact);
    await setEnd(tx, { ...version.artifact, ...text }, sequence);
    await recordTtl(tx, editing, text, now);
  }
  const named = await replaceAliases(room, tx, { ...editing, version: tagged.version });
  return [...named, ...tagged.changes];
}

/** When a version is to be deleted is a setting; what it was logged with is none. */
async function recordTtl(
  tx: Transaction,
  { viewer, version: { artifact } }: Editing,
  { ttlSeconds }: Pick<Artifact, 'ttlSeconds'>,
  now: Instant,
): Promise<void> {
  if (artifact.state !== 'committed') return;
  const { tenantId, artifactId: id, digest: name } = artifact;
  const subject = { kind: 'artifact', id, name };
  const [before, after] = [{ ttlSeconds: artifact.ttlSeconds }, { ttlSeconds }];
  await recordDeed(tx, viewer, { now, tenantId, deed: 'artifact.ttl_changed', subject, before, after });
}

async function replaceAliases(
  room: TrackingRoom,
  tx: Transaction,
  { viewer, placed, version, edit }: Editing,
): Promise<readonly ArtifactChange[]> {
  const source = version.places.find(({ kind }) => kind === 'sequence');
  if (edit.aliases === undefined || source === undefined) return [];
  const wanted = parseAliases(edit.aliases);
  const removed = source.aliases.filter((alias) => !wanted.includes(alias));
  const added = wanted.filter((alias) => !source.aliases.includes(alias));
  await demandAliasEdit(tx, viewer, placed.project, [...removed, ...added]);
  await removeAliases(tx, source, removed);
  return (await giveAliases(tx, source, added, room.ground.clock.now())).changes;
}
