import { demand } from '../access/demand.ts';
import { mayEditAlias } from '../access/may-edit-alias.ts';
import { forbidden } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Queryable } from '../store/database.ts';
import type { ProjectPlace } from '../store/projects.ts';
import { protectedAliasesOf } from '../store/registries.ts';

/**
 * Refuses to give, move or take away aliases in a collection of a project, unless the viewer may do that: protected
 * ones are for admins of the registry (automations, section 1.1).
 *
 * @throws TriplineError not_found, forbidden
 */
export async function demandAliasEdit(
  database: Queryable,
  viewer: Viewer,
  project: ProjectPlace,
  aliases: readonly string[],
): Promise<void> {
  demand(viewer, 'log', project, `project '${project.name}'`);
  if (project.registryId === null || aliases.length === 0) return;
  const kept = await protectedAliasesOf(database, { tenantId: project.tenantId, projectId: project.id });
  const refused = aliases.find((alias) => !mayEditAlias(viewer, project, alias, kept));
  if (refused === undefined) return;
  throw forbidden(`permission denied: alias '${refused}' is protected, only an admin of the registry may change it`);
}
