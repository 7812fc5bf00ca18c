/**
 * Everything that is asked before it is done (automations, section 1.4):
 *
 * - `see`: the place's projects, runs, automations and executions
 * - `see_payloads`: what an execution sent and what came back
 * - `see_integrations`: names of webhooks, channels and secrets
 * - `log`: create and write runs, and the project that holds them
 * - `edit_automation`: create, change, enable, disable, delete
 * - `steer_execution`: retry, cancel, run anyway
 * - `use_integration`: choose one of the place's integrations in an action
 * - `manage_integrations`: create, change, test, delete webhooks, channels and secrets
 * - `manage_project`: rename, describe, change who sees it, delete; in an organization itself, create registries
 * - `protect`: set and remove protected aliases of a registry
 * - `manage_members`: members, roles and, in an organization, teams
 * - `see_members`: who belongs to the place, with which role
 */
export const DEEDS = [
  'see',
  'see_payloads',
  'see_integrations',
  'see_members',
  'log',
  'edit_automation',
  'steer_execution',
  'use_integration',
  'manage_integrations',
  'manage_project',
  'protect',
  'manage_members',
] as const;

export type Deed = (typeof DEEDS)[number];
