import { permits } from '../access/permits.ts';
import { forbidden, invalid } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { entitiesOfUser } from '../store/entities.ts';
import type { Ground } from '../store/ground.ts';
import { type EntityPlace, placeOf } from './find-entity.ts';

/**
 * The organization where a team is made by a client that names none: the one that the viewer is an admin of.
 *
 * @throws TriplineError forbidden when there is none, invalid when there are several
 */
export async function organizationForNewTeam(ground: Ground, viewer: Viewer): Promise<EntityPlace> {
  const places = (await entitiesOfUser(ground.database, viewer.userId)).map(placeOf);
  const [only, ...others] = places.filter(
    (place) => place.kind === 'organization' && permits(viewer, 'manage_members', place),
  );
  if (only === undefined) throw forbidden('permission denied: teams are made by an admin of the organization');
  if (others.length === 0) return only;
  const names = [only, ...others].map(({ name }) => name).join(', ');
  throw invalid(`you are an admin of several organizations (${names}): make the team over REST, which names one`);
}
