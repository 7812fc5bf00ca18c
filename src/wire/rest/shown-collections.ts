import { collectionTags, newestPlaces } from '../../store/collection-reads.ts';
import type { Collection } from '../../store/collections.ts';
import type { Ground } from '../../store/ground.ts';
import type { ShownCollection } from './artifact-schemas.ts';

/** Collections with what answers show beside them. */
export async function showCollections({ database }: Ground, rows: readonly Collection[]): Promise<ShownCollection[]> {
  const [labels, newest] = await Promise.all([collectionTags(database, rows), newestPlaces(database, rows)]);
  return rows.map((row) => ({
    collection: row,
    tags: labels.flatMap(({ collectionId, tag }) => (collectionId === row.collectionId ? [tag] : [])),
    newest: newest.find(({ collectionId }) => collectionId === row.collectionId),
  }));
}

export async function showCollection(ground: Ground, row: Collection): Promise<ShownCollection> {
  const [shown] = await showCollections(ground, [row]);
  return shown ?? { collection: row, tags: [], newest: undefined };
}
