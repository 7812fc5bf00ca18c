import { demand } from '../access/demand.ts';
import { conflict, notFound } from '../model/error.ts';
import type { Viewer, Visibility } from '../model/viewer.ts';
import type { Transaction } from '../store/database.ts';
import { lockEntity } from '../store/entities.ts';
import type { Ground } from '../store/ground.ts';
import { setProjectMember } from '../store/project-members.ts';
import { insertProject, type NewProject, projectByName } from '../store/projects.ts';
import { insertRegistry } from '../store/registries.ts';
import type { EntityPlace } from './find-entity.ts';
import { asRegistry, type Registry } from './find-registry.ts';
import { identityChanged } from './identity-changes.ts';
import { recordProject, shownProject } from './record-project.ts';
import { parseRegistryName, parseRegistryVisibility, parseTypeNames } from './registry-input.ts';

export interface NewRegistryInput {
  /** Of its project, with the prefix. */
  readonly name: string;
  readonly visibility: Visibility;
  readonly description: string | null;
  /** `null`: when no types are named. */
  readonly allowAllTypes: boolean | null;
  readonly types: readonly string[];
}

/**
 * Creates a registry, a project of the organization's own entity; for the organization's admins. Its creator is an
 * admin of it.
 *
 * @throws TriplineError not_found, forbidden, invalid, conflict when the name is taken
 */
export async function createRegistry(
  ground: Ground,
  viewer: Viewer,
  organization: EntityPlace,
  input: NewRegistryInput,
): Promise<Registry> {
  demand(viewer, 'manage_project', organization, `organization '${organization.name}'`);
  const types = parseTypeNames(input.types);
  const project: NewProject = {
    tenantId: organization.tenantId,
    name: parseRegistryName(input.name),
    visibility: parseRegistryVisibility(input.visibility),
    description: input.description,
    createdBy: viewer.userId,
    now: ground.clock.now(),
  };
  const allowAllTypes = input.allowAllTypes ?? types.length === 0;
  const registry = await ground.database.transaction(async (tx) => {
    const made = await make(tx, organization, project, { allowAllTypes, types });
    const after = { ...shownProject(made), allowAllTypes, types };
    await recordProject(tx, viewer, made, { deed: 'registry.created', after, now: project.now });
    return made;
  });
  identityChanged(ground.database);
  return registry;
}

async function make(
  tx: Transaction,
  organization: EntityPlace,
  project: NewProject,
  settings: { allowAllTypes: boolean; types: readonly string[] },
): Promise<Registry> {
  const living = await lockEntity(tx, organization.id, 'shared');
  if (living === undefined) throw notFound(`organization '${organization.name}' not found`);
  if (!(await insertProject(tx, project))) throw conflict(`the organization has a registry '${project.name}' already`);
  const made = await projectByName(tx, living.name, project.name);
  if (made === undefined) throw new Error(`project ${project.name} is not there, though it was just made`);
  const { id: projectId, tenantId } = made;
  await insertRegistry(tx, { projectId, tenantId, ...settings });
  await setProjectMember(tx, { projectId, userId: project.createdBy, role: 'admin', now: project.now });
  return asRegistry(made);
}
