import type { ProjectId } from '../model/ids.ts';
import { type Place, REGISTRY_ROLES, type RegistryRole, type Viewer } from '../model/viewer.ts';

/** A registry as a place where deeds happen. */
export interface RegistryPlace extends Place {
  readonly registryId: ProjectId;
}

export function isRegistry<Kind extends Place>(place: Kind): place is Kind & RegistryPlace {
  return place.registryId !== undefined && place.registryId !== null;
}

/**
 * The role that a viewer has in a registry, the strongest of all that they have a claim to; `undefined` for strangers.
 * Every member of the organization views a registry that is not restricted; who joins a team joins its organization
 * (automations, section 1.4).
 */
export function registryRoleAt(viewer: Viewer, registry: RegistryPlace): RegistryRole | undefined {
  const inOrganization = viewer.roles.get(registry.rootId);
  if (viewer.admin || inOrganization === 'admin') return 'admin';
  const inherited = inOrganization !== undefined && registry.visibility !== 'Restricted' ? 'viewer' : undefined;
  return strongerRole(viewer.registryRoles.get(registry.registryId), inherited);
}

export function strongerRole(one: RegistryRole | undefined, other: RegistryRole | undefined): RegistryRole | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return REGISTRY_ROLES.indexOf(one) > REGISTRY_ROLES.indexOf(other) ? one : other;
}
