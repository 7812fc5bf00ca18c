import type { Viewer, Visibility } from '../model/viewer.ts';
import type { Ground } from '../store/ground.ts';
import type { ProjectPlace } from '../store/projects.ts';
import { changeRegistry } from './change-registry.ts';
import { createRegistry } from './create-registry.ts';
import type { EntityPlace } from './find-entity.ts';
import { findProject } from './find-project.ts';
import { asRegistry } from './find-registry.ts';

export interface RegistryInput {
  /** Of its project, with the prefix. */
  readonly name: string;
  /** `null`: `Team` for a new registry, else as it is. */
  readonly visibility: Visibility | null;
  readonly description: string | null;
  readonly allowAllTypes: boolean | null;
  /** Of a new registry; else those to add. */
  readonly types: readonly string[];
}

/** Creates a registry, or changes what the input names of an existing one. @throws TriplineError not_found, forbidden, invalid, conflict */
export async function upsertRegistry(
  ground: Ground,
  viewer: Viewer,
  organization: EntityPlace,
  input: RegistryInput,
): Promise<{ project: ProjectPlace; inserted: boolean }> {
  const existing = await findProject(ground, viewer, organization.name, input.name);
  if (existing === undefined) {
    const visibility = input.visibility ?? 'Team';
    return { project: await createRegistry(ground, viewer, organization, { ...input, visibility }), inserted: true };
  }
  const { visibility, description, allowAllTypes, types } = input;
  const addedTypes = types.length === 0 ? null : types;
  const change = { visibility, description, allowAllTypes, addedTypes };
  return { project: await changeRegistry(ground, viewer, asRegistry(existing), change), inserted: false };
}
