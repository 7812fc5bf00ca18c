import { demand } from '../access/demand.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Queryable } from '../store/database.ts';
import type { ProjectPlace } from '../store/projects.ts';

/**
 * Refuses to give, move or take away aliases in a collection of a project, unless the viewer may do that.
 *
 * @throws TriplineError not_found, forbidden
 */
export async function demandAliasEdit(
  _database: Queryable,
  viewer: Viewer,
  project: ProjectPlace,
  _aliases: readonly string[],
): Promise<void> {
  demand(viewer, 'log', project, `project '${project.name}'`);
}
