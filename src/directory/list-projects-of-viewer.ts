import { permits } from '../access/permits.ts';
import type { ProjectId } from '../model/ids.ts';
import { VISIBILITIES, type Viewer, type Visibility } from '../model/viewer.ts';
import { type Entity, entitiesOfUser, teamsOf } from '../store/entities.ts';
import type { Ground } from '../store/ground.ts';
import { listProjectsIn, listProjectsOfAllTeams, type ProjectAmongMany } from '../store/projects-of-many.ts';
import { placeOf } from './find-entity.ts';

/**
 * The projects that a viewer may see in the entities where they have a role, newest first: by membership, as admin
 * of the organization, or as instance admin in every team. What is open to everybody elsewhere is not theirs to list,
 * nor are the personal projects of others.
 *
 * @param page.after the `next` of the page before, or `null`
 */
export async function listProjectsOfViewer(
  ground: Ground,
  viewer: Viewer,
  page: { readonly after: ProjectId | null; readonly limit: number },
): Promise<{ items: ProjectAmongMany[]; next: ProjectId | null }> {
  const { after } = page;
  // one more than the page holds: whether there is a next one
  const limit = page.limit + 1;
  const rows = viewer.admin
    ? await listProjectsOfAllTeams(ground.database, { personal: viewer.entityId, after, limit })
    : await listProjectsIn(ground.database, { tenants: await tenantsOf(ground, viewer), after, limit });
  const items = rows.slice(0, page.limit);
  return { items, next: rows.length > page.limit ? (items.at(-1)?.id ?? null) : null };
}

async function tenantsOf(ground: Ground, viewer: Viewer) {
  const entities = await entitiesOfViewer(ground, viewer);
  return entities.map((entity) => ({ tenantId: placeOf(entity).tenantId, visibilities: visibleIn(viewer, entity) }));
}

async function entitiesOfViewer(ground: Ground, viewer: Viewer): Promise<readonly Entity[]> {
  const direct = await entitiesOfUser(ground.database, viewer.userId);
  const governed = direct.filter(({ id, kind }) => kind === 'organization' && viewer.roles.get(id) === 'admin');
  const teams = await Promise.all(governed.map(({ id }) => teamsOf(ground.database, id)));
  return [...new Map([...direct, ...teams.flat()].map((entity) => [entity.id, entity])).values()];
}

function visibleIn(viewer: Viewer, entity: Entity): readonly Visibility[] {
  const place = placeOf(entity);
  return VISIBILITIES.filter((visibility) => permits(viewer, 'see', { ...place, visibility }));
}
