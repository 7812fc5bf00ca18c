import { seenProjects } from '../access/seen-projects.ts';
import type { ProjectId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import { entityByName } from '../store/entities.ts';
import type { Ground } from '../store/ground.ts';
import type { ProjectPlace } from '../store/projects.ts';
import { listProjects as projectPage } from '../store/projects.ts';
import { placeOf } from './find-entity.ts';

export interface ProjectPage {
  readonly items: ProjectPlace[];
  /** Where the next page begins; `null` after the last. */
  readonly next: ProjectId | null;
}

/**
 * The projects of an entity that the viewer may see, newest first. An unknown entity has none, like one whose
 * projects are all hidden.
 *
 * @param page.after the `next` of the page before, or `null`
 * @param page.search within the name, in any case
 */
export async function listProjects(
  ground: Ground,
  viewer: Viewer,
  entityName: string | null | undefined,
  page: { readonly after: ProjectId | null; readonly limit: number; readonly search?: string | undefined },
): Promise<ProjectPage> {
  const entity = await entityByName(ground.database, entityName || viewer.defaultEntity);
  if (entity === undefined) return { items: [], next: null };
  const rows = await projectPage(ground.database, {
    ...seenProjects(viewer, placeOf(entity)),
    after: page.after,
    limit: page.limit + 1,
    search: page.search ?? null,
  });
  const items = rows.slice(0, page.limit);
  return { items, next: rows.length > page.limit ? (items.at(-1)?.id ?? null) : null };
}
