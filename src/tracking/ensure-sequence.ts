import { conflict } from '../model/error.ts';
import type { ArtifactTypeId, CollectionId, UserId } from '../model/ids.ts';
import { ensureArtifactType } from '../store/artifact-types.ts';
import { type Collection, type CollectionName, collectionByName, insertCollection } from '../store/collections.ts';
import type { Ground } from '../store/ground.ts';

/** The sequence that a version is to be logged to. */
export interface SequenceWanted extends CollectionName {
  readonly typeName: string;
  readonly userId: UserId;
}

/**
 * Finds the sequence of a name, or makes it, with its type.
 *
 * @throws TriplineError conflict when the name belongs to a collection of links, or to versions of another type
 */
export async function ensureSequence(ground: Ground, wanted: SequenceWanted): Promise<Collection> {
  const found = await collectionByName(ground.database, wanted);
  if (found !== undefined) return fitting(found, wanted);
  await makeSequence(ground, wanted);
  const made = await collectionByName(ground.database, wanted);
  if (made === undefined) throw conflict(`collection '${wanted.name}' was deleted while a version was logged to it`);
  return fitting(made, wanted);
}

/** Does nothing when somebody else was faster. */
async function makeSequence(ground: Ground, { userId, ...wanted }: SequenceWanted): Promise<void> {
  const now = ground.clock.now();
  const typeId = ground.ids.next<ArtifactTypeId>(now);
  const collectionId = ground.ids.next<CollectionId>(now);
  await ground.database.transaction(async (tx) => {
    await ensureArtifactType(tx, { ...wanted, typeId, name: wanted.typeName, now });
    const sequence = { ...wanted, collectionId, kind: 'sequence', description: null, createdBy: userId, now } as const;
    await insertCollection(tx, sequence);
  });
}

function fitting(found: Collection, { name, typeName }: SequenceWanted): Collection {
  if (found.kind === 'portfolio') {
    throw conflict(`collection '${name}' holds links only: choose another name to log a version`);
  }
  if (found.typeName !== typeName) {
    throw conflict(`artifact '${name}' already exists with type '${found.typeName}'; cannot log type '${typeName}'`);
  }
  return found;
}
