import { demand } from '../access/demand.ts';
import { denial } from '../access/denial.ts';
import { permits } from '../access/permits.ts';
import { notFound } from '../model/error.ts';
import type { Viewer, Visibility } from '../model/viewer.ts';
import { entityByName } from '../store/entities.ts';
import type { Ground } from '../store/ground.ts';
import type { ProjectPlace } from '../store/projects.ts';
import { projectById, updateProject } from '../store/projects.ts';
import { placeOf } from './find-entity.ts';
import { findProject } from './find-project.ts';
import { makeProject } from './make-project.ts';
import { recordProject, shownProject } from './record-project.ts';

export interface ProjectInput {
  readonly entityName: string | null;
  readonly name: string;
  /** Absent or `null`: `Team` for a new project, else as it is. */
  readonly visibility?: Visibility | null | undefined;
  readonly description?: string | null | undefined;
}

/**
 * Makes a project, or changes what the input names of an existing one.
 *
 * @throws TriplineError not_found, forbidden, invalid
 */
export async function upsertProject(
  ground: Ground,
  viewer: Viewer,
  input: ProjectInput,
): Promise<{ project: ProjectPlace; inserted: boolean }> {
  const existing = await findProject(ground, viewer, input.entityName, input.name);
  if (existing !== undefined) return { project: await change(ground, viewer, existing, input), inserted: false };
  const entityName = input.entityName || viewer.defaultEntity;
  const entity = await entityByName(ground.database, entityName);
  if (entity === undefined) throw notFound(`entity ${entityName} not found`);
  const place = placeOf(entity);
  demand(viewer, 'log', place, `entity ${entityName}`);
  const { project, inserted } = await makeProject(ground, viewer, place, {
    name: input.name,
    visibility: input.visibility ?? 'Team',
    description: input.description ?? null,
  });
  // a hidden project of that name: restricted, and the viewer not its admin
  if (!permits(viewer, 'see', project)) throw denial('manage_project', place);
  return { project, inserted };
}

async function change(
  ground: Ground,
  viewer: Viewer,
  project: ProjectPlace,
  input: ProjectInput,
): Promise<ProjectPlace> {
  const visibility = input.visibility ?? project.visibility;
  const description = input.description ?? project.description;
  if (visibility === project.visibility && description === project.description) return project;
  demand(viewer, 'manage_project', project, `project '${project.name}'`);
  const now = ground.clock.now();
  return ground.database.transaction(async (tx) => {
    await updateProject(tx, { ...project, visibility, description, now });
    const after = { visibility, description };
    await recordProject(tx, viewer, project, { deed: 'project.changed', before: shownProject(project), after, now });
    return (await projectById(tx, project.id)) ?? project;
  });
}
