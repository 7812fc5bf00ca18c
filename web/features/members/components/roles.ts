import type { Role } from '../api/members.ts';
import type { RoleChoice } from './role-field.tsx';

/** Programs work: they never only view. */
export const SERVICE_ROLES: readonly RoleChoice<'member' | 'admin'>[] = [
  { value: 'member', label: 'member', may: 'Logs runs and artifacts, sees payloads, uses the integrations.' },
  { value: 'admin', label: 'admin', may: 'Everything here: members, settings, integrations, secrets, automations.' },
];

/** The roles of people, weakest first. */
export const ROLES: readonly RoleChoice<Role>[] = [
  { value: 'viewer', label: 'viewer', may: 'Sees projects, runs, automations and what they did.' },
  ...SERVICE_ROLES,
];
