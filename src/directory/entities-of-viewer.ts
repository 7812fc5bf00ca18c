import type { Viewer } from '../model/viewer.ts';
import { type Entity, entitiesOfUser, teamsOf } from '../store/entities.ts';
import type { Ground } from '../store/ground.ts';

/** The entities where a viewer has a role, by membership or as admin of the organization. */
export async function entitiesOfViewer(ground: Ground, viewer: Viewer): Promise<readonly Entity[]> {
  const direct = await entitiesOfUser(ground.database, viewer.userId);
  const governed = direct.filter(({ id, kind }) => kind === 'organization' && viewer.roles.get(id) === 'admin');
  const teams = await Promise.all(governed.map(({ id }) => teamsOf(ground.database, id)));
  return withoutRepeats([...direct, ...teams.flat()]);
}

/** Each entity once, where it came first. */
export function withoutRepeats(entities: readonly Entity[]): readonly Entity[] {
  return [...new Map(entities.map((entity) => [entity.id, entity])).values()];
}
