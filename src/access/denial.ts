import { forbidden, type TriplineError } from '../model/error.ts';
import type { Place } from '../model/viewer.ts';
import type { Deed } from './deeds.ts';
import { type DeedFacts, lettingMembers, weakestInRegistry, weakestRole } from './permits.ts';
import { isRegistry } from './registry-role-at.ts';

const DOING: Readonly<Record<Deed, string>> = {
  see: 'to see it',
  see_payloads: 'to see payloads and answers',
  see_integrations: 'to see integrations and secrets',
  see_members: 'to see its members',
  log: 'to log, and to change what was logged,',
  edit_automation: 'to make and change automations',
  steer_execution: 'to retry, cancel or run executions',
  use_integration: 'to use its integrations',
  manage_integrations: 'to manage integrations, secrets and alerts',
  manage_project: 'to manage it',
  protect: 'to set and remove protected aliases',
  manage_members: 'to manage members and settings',
};

/**
 * The refusal of a deed to somebody who may know of the place: which role it takes, where, and who gives it.
 * Call it only where {@link permits} said no.
 */
export function denial(deed: Deed, place: Place, facts: DeedFacts = {}): TriplineError {
  return forbidden(`permission denied: ${DOING[deed]} takes ${wanting(deed, place, facts)}`);
}

function wanting(deed: Deed, place: Place, facts: DeedFacts): string {
  const owner = place.entityName === undefined ? 'its entity' : `'${place.entityName}'`;
  if (place.entityKind === 'personal') return `${owner} in person: it is a personal entity`;
  if (isRegistry(place)) {
    const role = weakestInRegistry(deed, facts);
    if (role === undefined) return `the role admin in ${owner}, which an admin of ${owner} can give`;
    return `the role ${role} in the registry, which an admin of the registry or of ${owner} can give`;
  }
  const role = `the role ${weakestRole(deed, place, facts)} in ${owner}`;
  const givers = place.tenantId === place.rootId ? owner : `${owner} or of its organization`;
  const setting = lettingMembers(deed, place, facts) ? ', or a setting that lets its members do so' : '';
  return `${role}${setting}, which an admin of ${givers} can give`;
}
