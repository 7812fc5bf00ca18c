import { permits } from '../access/permits.ts';
import { seenProjects } from '../access/seen-projects.ts';
import type { ProjectId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import { type Entity, sharedEntitiesWithAutomations } from '../store/entities.ts';
import type { Ground } from '../store/ground.ts';
import { type AutomatedProject, listAutomatedProjects as automatedPage } from '../store/projects-of-many.ts';
import { entitiesOfViewer, withoutRepeats } from './entities-of-viewer.ts';
import { placeOf } from './find-entity.ts';

/**
 * Projects that lead to automations which the viewer may see, newest first: one more than `limit` when there is a
 * next page.
 *
 * @param entity whose projects; `null` for those of all entities where the viewer has a role, and for an instance
 *   admin those of every team and organization
 */
export async function listAutomatedProjects(
  ground: Ground,
  viewer: Viewer,
  entity: Entity | null,
  page: { readonly after: ProjectId | null; readonly limit: number },
): Promise<AutomatedProject[]> {
  const entities = entity === null ? await entitiesLookedThrough(ground, viewer) : [entity];
  const rows = await automatedPage(ground.database, {
    tenants: entities.map((each) => seenProjects(viewer, placeOf(each))),
    after: page.after,
    limit: page.limit + 1,
  });
  // who may see only what is public of a team does not see the automations of the whole
  return rows.map((row) => ({ ...row, withEntity: row.withEntity && permits(viewer, 'see', wholeOf(row)) }));
}

async function entitiesLookedThrough(ground: Ground, viewer: Viewer): Promise<readonly Entity[]> {
  const own = await entitiesOfViewer(ground, viewer);
  return viewer.admin ? withoutRepeats([...own, ...(await sharedEntitiesWithAutomations(ground.database))]) : own;
}

function wholeOf({ tenantId, rootId }: AutomatedProject) {
  return { tenantId, rootId, visibility: undefined };
}
