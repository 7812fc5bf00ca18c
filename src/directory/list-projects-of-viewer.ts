import { seenProjects } from '../access/seen-projects.ts';
import type { ProjectId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Ground } from '../store/ground.ts';
import type { ProjectPlace } from '../store/projects.ts';
import { listProjectsIn } from '../store/projects-of-many.ts';
import { entitiesOfViewer } from './entities-of-viewer.ts';
import { placeOf } from './find-entity.ts';

/**
 * The projects that a viewer may see in the entities where they have a role, by membership or as admin of the
 * organization, newest first. What is open to everybody elsewhere is not theirs to list.
 *
 * @param page.after the `next` of the page before, or `null`
 */
export async function listProjectsOfViewer(
  ground: Ground,
  viewer: Viewer,
  page: { readonly after: ProjectId | null; readonly limit: number },
): Promise<{ items: ProjectPlace[]; next: ProjectId | null }> {
  const entities = await entitiesOfViewer(ground, viewer);
  const rows = await listProjectsIn(ground.database, {
    tenants: entities.map((entity) => seenProjects(viewer, placeOf(entity))),
    after: page.after,
    limit: page.limit + 1,
  });
  const items = rows.slice(0, page.limit);
  return { items, next: rows.length > page.limit ? (items.at(-1)?.id ?? null) : null };
}
