import { parseArtifactTypeName, parseCollectionName } from '../model/artifact-names.ts';
import { conflict, invalid } from '../model/error.ts';
import type { ArtifactTypeId } from '../model/ids.ts';
import { cleanText } from '../model/loose-json.ts';
import type { Viewer } from '../model/viewer.ts';
import { ensureArtifactType } from '../store/artifact-types.ts';
import { recordDeed } from '../store/audit.ts';
import { type CollectionText, updateCollection } from '../store/collection-edits.ts';
import type { Collection, CollectionKey, CollectionKind } from '../store/collections.ts';
import { isUniqueViolation } from '../store/database-faults.ts';
import { lockCollection } from './lock-collections.ts';
import { requireCollection } from './require-collection.ts';
import type { TrackingRoom } from './room.ts';

/** What is to be changed of a collection; what is absent stays. */
export interface CollectionEdit {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly typeName?: string | undefined;
}

/**
 * Renames or describes a collection, or moves a sequence to another type, which is made when the project has none of
 * that name. Versions, aliases and links stay as they are; a portfolio keeps the type of what is linked in it.
 *
 * @param kind that it must be of
 * @throws TriplineError invalid, not_found, forbidden, conflict when the name is another collection's
 */
export async function editCollection(
  room: TrackingRoom,
  viewer: Viewer,
  key: CollectionKey | undefined,
  kind: CollectionKind,
  edit: CollectionEdit,
): Promise<Collection> {
  const { database, clock, ids } = room.ground;
  const { collection, project } = await requireCollection(database, viewer, key, 'log');
  if (collection.kind !== kind) throw invalid(`'${collection.name}' is a ${collection.kind}, not a ${kind}`);
  const change = parseEdit(edit);
  if (kind === 'portfolio' && edit.typeName !== undefined && edit.typeName !== collection.typeName) {
    throw invalid(
      'a portfolio has the type of what is linked in it: link to another one',
      'destinationArtifactTypeName',
    );
  }
  const work = database.transaction(async (tx) => {
    const locked = await lockCollection(tx, collection);
    const edited = { ...locked, ...change };
    if (isSame(locked, edited)) return locked;
    const { tenantId, typeName } = edited;
    const now = clock.now();
    if (typeName !== locked.typeName) {
      const typeId = ids.next<ArtifactTypeId>(now);
      await ensureArtifactType(tx, { tenantId, projectId: locked.projectId, typeId, name: typeName, now });
    }
    await updateCollection(tx, locked, edited, now);
    const subject = { kind: 'collection', id: locked.collectionId, name: locked.name };
    const [before, after] = [shown(locked), shown(edited)];
    await recordDeed(tx, viewer, { now, tenantId, deed: 'collection.changed', subject, before, after });
    return { ...edited, updatedAt: now };
  });
  return work.catch((error: unknown) => {
    if (!isUniqueViolation(error)) throw error;
    throw conflict(`${project.entityName}/${project.name} has another collection '${edit.name}'`);
  });
}

function parseEdit({ name, description, typeName }: CollectionEdit): Partial<CollectionText> {
  return {
    ...(name === undefined ? {} : { name: parseCollectionName(name) }),
    ...(description === undefined ? {} : { description: cleanText(description) }),
    ...(typeName === undefined ? {} : { typeName: parseArtifactTypeName(typeName) }),
  };
}

function shown({ name, description, typeName }: CollectionText) {
  return { name, description, type: typeName };
}

function isSame(one: CollectionText, other: CollectionText): boolean {
  return one.name === other.name && one.description === other.description && one.typeName === other.typeName;
}
