import { z } from 'zod';
import { notFound } from '../../model/error.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { Collection } from '../../store/collections.ts';
import type { Ground } from '../../store/ground.ts';
import type { Membership } from '../../store/memberships.ts';
import type { ProjectPlace } from '../../store/projects.ts';
import { findCollection, findPlace } from '../find-version.ts';
import { ofProject, requireProject } from './projects.ts';

/** The address of one collection, and of one version there. */
export const ofCollection = z.object({ ...ofProject.shape, collection: z.string() });
export const ofVersion = z.object({ ...ofCollection.shape, version: z.string().describe('`v3`, or an alias') });

/** A collection and the project that it lies in. */
export interface CollectionPlace {
  readonly project: ProjectPlace;
  readonly collection: Collection;
}

/** A collection that the viewer may see. @throws TriplineError not_found */
export async function collectionAt(
  ground: Ground,
  viewer: Viewer,
  address: z.output<typeof ofCollection>,
): Promise<CollectionPlace> {
  const project = await requireProject(ground, viewer, address);
  return { project, collection: await requireCollection(ground, project, address.collection) };
}

/** @throws TriplineError not_found */
export async function requireCollection(ground: Ground, project: ProjectPlace, name: string): Promise<Collection> {
  const found = await findCollection(ground.database, project, name);
  if (found === undefined) throw notFound(`collection '${name}' not found`);
  return found;
}

/** The place of a version in a collection. @throws TriplineError not_found */
export async function requirePlace(ground: Ground, collection: Collection, version: string): Promise<Membership> {
  const place = await findPlace(ground.database, collection, version);
  if (place === undefined) throw notFound(`version '${collection.name}:${version}' not found`);
  return place;
}
