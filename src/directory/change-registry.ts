import { isDeepStrictEqual } from 'node:util';
import { demand } from '../access/demand.ts';
import { notFound } from '../model/error.ts';
import type { Json } from '../model/json.ts';
import type { Viewer, Visibility } from '../model/viewer.ts';
import type { Transaction } from '../store/database.ts';
import type { Ground } from '../store/ground.ts';
import { type ProjectPlace, projectById, updateProject } from '../store/projects.ts';
import { registrySettings, updateRegistry } from '../store/registries.ts';
import { asRegistry, type Registry } from './find-registry.ts';
import { recordProject, shownProject } from './record-project.ts';
import { parseProtectedAliases, parseRegistryVisibility, parseTypeNames } from './registry-input.ts';

/** What is to change; what is absent or `null` stays as it is. */
export interface RegistryChange {
  readonly visibility?: Visibility | null | undefined;
  readonly description?: string | null | undefined;
  readonly allowAllTypes?: boolean | null | undefined;
  /** Types are added, never taken away (wandb protocol, 7.5). */
  readonly addedTypes?: readonly string[] | null | undefined;
  readonly protectedAliases?: readonly string[] | null | undefined;
}

/** Changes a registry; for its admins. @throws TriplineError not_found, forbidden, invalid */
export async function changeRegistry(
  ground: Ground,
  viewer: Viewer,
  registry: Registry,
  change: RegistryChange,
): Promise<Registry> {
  if (Object.values(change).every((value) => value === null || value === undefined)) return registry;
  demand(viewer, 'manage_project', registry, `registry '${registry.name}'`);
  const { id: projectId, tenantId } = registry;
  const visibility = parseRegistryVisibility(change.visibility ?? registry.visibility);
  const addedTypes = parseTypeNames(change.addedTypes ?? []);
  const protectedAliases = parseProtectedAliases(change.protectedAliases ?? []);
  const changed = await ground.database.transaction(async (tx) => {
    const description = change.description ?? registry.description;
    const now = ground.clock.now();
    const before = await settingsOf(tx, registry);
    await updateProject(tx, { tenantId, id: projectId, visibility, description, now });
    await updateRegistry(tx, registryKey(registry), {
      allowAllTypes: change.allowAllTypes ?? null,
      addedTypes,
      protectedAliases: change.protectedAliases ? protectedAliases : null,
    });
    const project = await projectById(tx, projectId);
    const after = project && (await settingsOf(tx, project));
    if (!isDeepStrictEqual(before, after)) {
      await recordProject(tx, viewer, registry, { deed: 'registry.changed', before, after: after ?? null, now });
    }
    return project;
  });
  if (changed === undefined) throw notFound(`registry '${registry.name}' not found`);
  return asRegistry(changed);
}

async function settingsOf(tx: Transaction, project: ProjectPlace): Promise<Json> {
  const { id: projectId, tenantId } = project;
  const settings = (await registrySettings(tx, [{ projectId, tenantId }])).get(projectId);
  if (settings === undefined) return shownProject(project);
  const { allowAllTypes, types, protectedAliases } = settings;
  return { ...shownProject(project), allowAllTypes, types, protectedAliases };
}

function registryKey({ id, tenantId }: Registry) {
  return { projectId: id, tenantId };
}
