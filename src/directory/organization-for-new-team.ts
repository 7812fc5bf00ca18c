import { permits } from '../access/permits.ts';
import { forbidden } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { entitiesOfUser, entityByName } from '../store/entities.ts';
import type { Ground } from '../store/ground.ts';
import { type EntityPlace, placeOf } from './find-entity.ts';

/**
 * The organization where a team is made by a client that names none: the one that the viewer is an admin of; of
 * several, the one of their default entity, else the newest.
 *
 * @throws TriplineError forbidden when there is none
 */
export async function organizationForNewTeam(ground: Ground, viewer: Viewer): Promise<EntityPlace> {
  const [home, entities] = await Promise.all([
    entityByName(ground.database, viewer.defaultEntity),
    entitiesOfUser(ground.database, viewer.userId),
  ]);
  const governed = entities
    .map(placeOf)
    .filter((place) => place.kind === 'organization' && permits(viewer, 'manage_members', place))
    .toSorted((one, other) => other.createdAt - one.createdAt || Number(BigInt(other.id) - BigInt(one.id)));
  const chosen = governed.find(({ id }) => id === home?.rootId) ?? governed[0];
  if (chosen === undefined) throw forbidden('permission denied: teams are made by an admin of the organization');
  return chosen;
}
