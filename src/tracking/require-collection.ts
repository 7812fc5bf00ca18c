import type { Deed } from '../access/deeds.ts';
import { demand } from '../access/demand.ts';
import { notFound } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { type Collection, type CollectionKey, collectionById, collectionByName } from '../store/collections.ts';
import type { Queryable } from '../store/database.ts';
import { type ProjectPlace, projectById } from '../store/projects.ts';

/** A collection and its project. */
export interface PlacedCollection {
  readonly collection: Collection;
  readonly project: ProjectPlace;
}

/**
 * A collection that an id names, for a viewer who may do a deed to it.
 *
 * @throws TriplineError not_found, also when it is hidden from the viewer; forbidden
 */
export async function requireCollection(
  database: Queryable,
  viewer: Viewer,
  key: CollectionKey | undefined,
  deed: Deed,
): Promise<PlacedCollection> {
  const collection = key === undefined ? undefined : await collectionById(database, key);
  const project = collection && (await projectById(database, collection.projectId));
  if (collection === undefined || project === undefined) throw notFound('collection not found');
  demand(viewer, deed, project, 'collection');
  return { collection, project };
}

/** A collection by its name, in a project that the viewer may see. */
export interface NamedCollection {
  readonly project: ProjectPlace;
  readonly collectionName: string;
}

/** The collection of that name. @throws TriplineError not_found */
export async function requireNamedCollection(
  database: Queryable,
  { project, collectionName }: NamedCollection,
): Promise<Collection> {
  const { tenantId, id: projectId, entityName, name } = project;
  const collection = await collectionByName(database, { tenantId, projectId, name: collectionName });
  if (collection !== undefined) return collection;
  throw notFound(`collection '${collectionName}' not found in ${entityName}/${name}`);
}
