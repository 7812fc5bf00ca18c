import { demand } from '../access/demand.ts';
import { notFound } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Ground } from '../store/ground.ts';
import type { ProjectPlace } from '../store/projects.ts';
import { removeProject, shownRemovals } from '../store/removals.ts';
import { recordProject, shownProject } from './record-project.ts';

/**
 * Deletes a project and the automations of its scope; its name is free again.
 *
 * @throws TriplineError not_found when it is hidden or gone already, forbidden
 */
export async function deleteProject(ground: Ground, viewer: Viewer, project: ProjectPlace): Promise<void> {
  demand(viewer, 'manage_project', project, `project '${project.name}'`);
  const now = ground.clock.now();
  const removed = await ground.database.transaction(async (tx) => {
    const automations = await removeProject(tx, { ...project, now });
    if (automations === undefined) return false;
    const before = { ...shownProject(project), automations: shownRemovals(automations) };
    await recordProject(tx, viewer, project, { deed: 'project.deleted', before, now });
    return true;
  });
  if (!removed) throw notFound(`project '${project.name}' not found`);
}
