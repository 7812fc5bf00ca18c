import { demand } from '../access/demand.ts';
import { isRegistry } from '../access/registry-role-at.ts';
import { conflict, invalid, notFound } from '../model/error.ts';
import { parseProjectName } from '../model/names.ts';
import { isRegistryName } from '../model/registry-name.ts';
import type { Viewer } from '../model/viewer.ts';
import { isUniqueViolation } from '../store/database-faults.ts';
import type { Ground } from '../store/ground.ts';
import { type ProjectPlace, projectById, updateProjectName } from '../store/projects.ts';
import { recordProject } from './record-project.ts';
import { parseRegistryName } from './registry-input.ts';

/**
 * Gives a project another name; a registry stays one. Automations keep watching it: scopes are ids (automations,
 * section 1.2).
 *
 * @throws TriplineError not_found, forbidden, invalid, conflict when the entity has a project of that name
 */
export async function renameProject(
  ground: Ground,
  viewer: Viewer,
  project: ProjectPlace,
  newName: string,
): Promise<ProjectPlace> {
  demand(viewer, 'manage_project', project, `project '${project.name}'`);
  const name = newNameOf(project, newName);
  if (name === project.name) return project;
  const { tenantId, id } = project;
  const renamed = await ground.database
    .transaction(async (tx) => {
      const now = ground.clock.now();
      await updateProjectName(tx, { tenantId, id, name, now });
      const before = { name: project.name };
      await recordProject(tx, viewer, project, { deed: 'project.renamed', before, after: { name }, now });
      return projectById(tx, id);
    })
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? conflict(`'${project.entityName}' has a project '${name}' already`) : error;
    });
  if (renamed === undefined) throw notFound(`project '${project.name}' not found`);
  return renamed;
}

function newNameOf(project: ProjectPlace, text: string): string {
  if (isRegistry(project)) return parseRegistryName(text);
  const name = parseProjectName(text);
  if (project.entityKind !== 'organization' || !isRegistryName(name)) return name;
  throw invalid(`a project does not become a registry by its name: create a registry`, 'name');
}
