import { isDeepStrictEqual } from 'node:util';
import { demand } from '../access/demand.ts';
import { conflict, notFound } from '../model/error.ts';
import type { Json } from '../model/json.ts';
import type { Viewer, Visibility } from '../model/viewer.ts';
import type { Transaction } from '../store/database.ts';
import type { Ground } from '../store/ground.ts';
import { lockProject, type ProjectPlace, projectById, updateProject } from '../store/projects.ts';
import { type RegistrySettings, registrySettings, updateRegistry } from '../store/registries.ts';
import { asRegistry, type Registry } from './find-registry.ts';
import { recordProject, shownProject } from './record-project.ts';
import { parseProtectedAliases, parseRegistryVisibility, parseTypeNames } from './registry-input.ts';
import { registryRevision } from './registry-revision.ts';

/** What is to change; what is absent or `null` stays as it is. */
export interface RegistryChange {
  readonly visibility?: Visibility | null | undefined;
  readonly description?: string | null | undefined;
  readonly allowAllTypes?: boolean | null | undefined;
  /** Types are added, never taken away (wandb protocol, 7.5). */
  readonly addedTypes?: readonly string[] | null | undefined;
  readonly protectedAliases?: readonly string[] | null | undefined;
  /** Of the settings from which the change was made ({@link registryRevision}). */
  readonly revision?: string | undefined;
}

/**
 * Changes a registry; for its admins.
 *
 * @throws TriplineError not_found, forbidden, invalid; conflict when its settings are not those of the revision any more
 */
export async function changeRegistry(
  ground: Ground,
  viewer: Viewer,
  registry: Registry,
  change: RegistryChange,
): Promise<Registry> {
  if (Object.values(change).every((value) => value === null || value === undefined)) return registry;
  demand(viewer, 'manage_project', registry, `registry '${registry.name}'`);
  const { id: projectId, tenantId } = registry;
  const asked = change.visibility ? parseRegistryVisibility(change.visibility) : undefined;
  const addedTypes = parseTypeNames(change.addedTypes ?? []);
  const protectedAliases = parseProtectedAliases(change.protectedAliases ?? []);
  const changed = await ground.database.transaction(async (tx) => {
    // what is left as it is must be so as it is now
    const present = (await lockProject(tx, registry)) ? await projectById(tx, projectId) : undefined;
    if (present === undefined) return undefined;
    const settings = await settingsOf(tx, present);
    refuseStale(change, present, settings);
    const now = ground.clock.now();
    const [visibility, description] = [asked ?? present.visibility, change.description ?? present.description];
    await updateProject(tx, { tenantId, id: projectId, visibility, description, now });
    await updateRegistry(tx, registryKey(registry), {
      allowAllTypes: change.allowAllTypes ?? null,
      addedTypes,
      protectedAliases: change.protectedAliases ? protectedAliases : null,
    });
    const project = await projectById(tx, projectId);
    const before = shownRegistry(present, settings);
    const after = project && shownRegistry(project, await settingsOf(tx, project));
    if (!isDeepStrictEqual(before, after)) {
      await recordProject(tx, viewer, present, { deed: 'registry.changed', before, after: after ?? null, now });
    }
    return project;
  });
  if (changed === undefined) throw notFound(`registry '${registry.name}' not found`);
  return asRegistry(changed);
}

function refuseStale(
  { revision }: RegistryChange,
  present: ProjectPlace,
  settings: RegistrySettings | undefined,
): void {
  if (!revision || revision === registryRevision(present, settings)) return;
  throw conflict('somebody changed these settings meanwhile: see what is different, then save again', 'revision');
}

async function settingsOf(tx: Transaction, project: ProjectPlace): Promise<RegistrySettings | undefined> {
  const key = { projectId: project.id, tenantId: project.tenantId };
  return (await registrySettings(tx, [key])).get(project.id);
}

function shownRegistry(project: ProjectPlace, settings: RegistrySettings | undefined): Json {
  if (settings === undefined) return shownProject(project);
  const { allowAllTypes, types, protectedAliases } = settings;
  return { ...shownProject(project), allowAllTypes, types, protectedAliases };
}

function registryKey({ id, tenantId }: Registry) {
  return { projectId: id, tenantId };
}
