/**
 * Who may do what (automations, section 1.4), written down from the table and its footnotes, independently of the
 * code that decides. One letter a role, in the order of `ROLE_COLUMNS`; `x` may, `-` may not.
 */
export const ROLE_COLUMNS = [
  'outsider',
  'organization member',
  'view-only',
  'member',
  'team admin',
  'registry restricted viewer',
  'registry viewer',
  'registry member',
  'registry admin',
  'organization admin',
  'instance admin',
] as const;

export type RoleColumn = (typeof ROLE_COLUMNS)[number];

/**
 * Users of the registry columns are of no team; the restricted viewer was only invited to registries, the others are
 * members of the organization.
 */
export const RIGHTS = {
  nothing: '-----------',
  'be an instance admin': '----------x',
  'see a team, its projects, automations and executions': '--xxx----xx',
  'see a registry or the organization, and what they automate': '-xxxxxxxxxx',
  'see a restricted registry': '-----xxxxxx',
  'see a restricted project of a team': '----x----xx',
  'log in a project of a team': '---xx----xx',
  'link in a registry': '-------xxxx',
  'see payloads of a team': '---xx----xx',
  'see payloads of a registry': '-------xxxx',
  'edit automations of a project or collection': '----x----xx',
  'edit their own automations of a project or collection': '---xx----xx',
  'edit automations of a registry or its collections': '-------xxxx',
  'edit automations of a team': '----x----xx',
  'edit automations of an organization': '---------xx',
  "choose a team's integration": '---xx----xx',
  'see names of integrations and secrets of a team': '---xx----xx',
  'manage integrations and secrets of a team': '----x----xx',
  'manage a team and its members': '----x----xx',
  'see members of a restricted registry': '------xxxxx',
  'manage a registry, its members and protected aliases': '--------xxx',
  'manage an organization, its teams, members and registries': '---------xx',
} as const satisfies Readonly<Record<string, string>>;

export type Right = keyof typeof RIGHTS;

export function may(role: RoleColumn, right: Right): boolean {
  return RIGHTS[right][ROLE_COLUMNS.indexOf(role)] === 'x';
}
