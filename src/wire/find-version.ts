import { isStorable } from '../model/storable.ts';
import { placeByAlias, placeByVersion } from '../store/collection-reads.ts';
import { type Collection, collectionByName } from '../store/collections.ts';
import type { Queryable } from '../store/database.ts';
import type { Membership } from '../store/memberships.ts';
import type { ProjectPlace } from '../store/projects.ts';

/** A version as a name finds it. */
export interface NamedVersion {
  readonly collection: Collection;
  readonly place: Membership;
}

const VERSION = /^v(0|[1-9]\d{0,8})$/;
const LATEST = 'latest';

/** The collection of a project with a name; `undefined` when there is none. */
export async function findCollection(
  database: Queryable,
  { tenantId, id }: ProjectPlace,
  name: string,
): Promise<Collection | undefined> {
  return isStorable(name) ? collectionByName(database, { tenantId, projectId: id, name }) : undefined;
}

/**
 * The version that `collection:aliasOrVersion` means in a project (wandb protocol, 5.10): a collection of exactly that
 * name with its latest version first, for such names may hold colons.
 */
export async function findVersion(
  database: Queryable,
  project: ProjectPlace,
  name: string,
): Promise<NamedVersion | undefined> {
  const whole = await findCollection(database, project, name);
  if (whole !== undefined) return versionIn(database, whole, LATEST);
  const colon = name.lastIndexOf(':');
  const collection = colon > 0 ? await findCollection(database, project, name.slice(0, colon)) : undefined;
  return collection && versionIn(database, collection, name.slice(colon + 1));
}

/** The place in a collection that `v3` or an alias names. */
export async function findPlace(
  database: Queryable,
  collection: Collection,
  aliasOrVersion: string,
): Promise<Membership | undefined> {
  const [, digits] = VERSION.exec(aliasOrVersion) ?? [];
  if (digits !== undefined) return placeByVersion(database, collection, Number(digits));
  return isStorable(aliasOrVersion) ? placeByAlias(database, collection, aliasOrVersion) : undefined;
}

async function versionIn(
  database: Queryable,
  collection: Collection,
  aliasOrVersion: string,
): Promise<NamedVersion | undefined> {
  const place = await findPlace(database, collection, aliasOrVersion);
  return place && { collection, place };
}
