import type { Place, RegistryRole, Role, Viewer, Visibility } from '../model/viewer.ts';
import { REGISTRY_ROLES } from '../model/viewer.ts';
import type { Deed } from './deeds.ts';
import { isRegistry, type RegistryPlace, registryRoleAt } from './registry-role-at.ts';
import { roleAt } from './role-at.ts';

/** What more there is to know about the thing that a deed touches. */
export interface DeedFacts {
  /** The viewer created it: members may edit their own automations. */
  readonly own?: boolean;
  /** The automation watches a whole entity, whatever the project of its execution: members do not manage it. */
  readonly wholeEntity?: boolean;
}

/** The weakest role that may do each deed. */
const WEAKEST_ROLE: Readonly<Record<Deed, Role>> = {
  see: 'viewer',
  see_members: 'viewer',
  see_payloads: 'member',
  see_integrations: 'member',
  log: 'member',
  use_integration: 'member',
  edit_automation: 'admin',
  steer_execution: 'admin',
  manage_integrations: 'admin',
  manage_project: 'admin',
  manage_members: 'admin',
  protect: 'admin',
};

/** The same in a registry; without the deeds that only admins of the organization may do. */
const WEAKEST_IN_REGISTRY: Readonly<Partial<Record<Deed, RegistryRole>>> = {
  see: 'restricted_viewer',
  see_members: 'viewer',
  see_payloads: 'member',
  log: 'member',
  edit_automation: 'member',
  steer_execution: 'member',
  manage_project: 'admin',
  manage_members: 'admin',
  protect: 'admin',
};

/** What everybody with an account may do in a project, whatever their role (automations, section 1.1). */
const EVERYBODY: Readonly<Record<Visibility, ReadonlySet<Deed>>> = {
  Open: new Set<Deed>(['see', 'log']),
  Public: new Set<Deed>(['see']),
  Team: new Set<Deed>(),
  Restricted: new Set<Deed>(),
};

/**
 * Deeds that a member may do in a project to what they made themselves, and to everything where the team's setting
 * says so; never at the scope of a whole entity.
 */
const ON_AUTOMATIONS: ReadonlySet<Deed> = new Set<Deed>(['edit_automation', 'steer_execution']);

/**
 * Whether a viewer may do a deed at a place: the one table of roles and deeds (automations, section 1.4), asked
 * by every protocol alike.
 */
export function permits(viewer: Viewer, deed: Deed, place: Place, facts: DeedFacts = {}): boolean {
  if (viewer.admin || viewer.roles.get(place.rootId) === 'admin') return true;
  if (isRegistry(place)) return permitsInRegistry(viewer, deed, place, facts);
  if (place.visibility !== undefined && EVERYBODY[place.visibility].has(deed)) return true;
  const role = roleAt(viewer, place);
  return role !== undefined && rank(role) >= rank(weakestRole(deed, place, facts));
}

/** The weakest role that may do a deed at a place that is no registry. */
export function weakestRole(deed: Deed, place: Place, facts: DeedFacts): Role {
  const theirs = facts.own === true || place.membersManageAutomations === true;
  return theirs && lettingMembers(deed, place, facts) ? 'member' : WEAKEST_ROLE[deed];
}

/** Whether a setting of the team lets its members do a deed there. */
export function lettingMembers(deed: Deed, place: Place, facts: DeedFacts): boolean {
  return place.visibility !== undefined && facts.wholeEntity !== true && ON_AUTOMATIONS.has(deed);
}

function permitsInRegistry(viewer: Viewer, deed: Deed, registry: RegistryPlace, facts: DeedFacts): boolean {
  const role = registryRoleAt(viewer, registry);
  const weakest = weakestInRegistry(deed, facts);
  return role !== undefined && weakest !== undefined && rank(role) >= rank(weakest);
}

/** The same in a registry; `undefined` when only admins of the organization may do it. */
export function weakestInRegistry(deed: Deed, facts: DeedFacts): RegistryRole | undefined {
  return facts.wholeEntity === true && ON_AUTOMATIONS.has(deed) ? undefined : WEAKEST_IN_REGISTRY[deed];
}

function rank(role: RegistryRole): number {
  return REGISTRY_ROLES.indexOf(role);
}
