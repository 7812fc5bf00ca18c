import type { EntityDetails } from '../../lib/api/generated.ts';

export type Deed = EntityDetails['may'][number];

/** The parts of an entity's settings, in the order of their tabs, each with the deed without which it is not shown. */
export const SETTINGS_PARTS = [
  { to: '/$entity/settings/webhooks', title: 'Webhooks', deed: 'see_integrations' },
  { to: '/$entity/settings/slack', title: 'Slack channels', deed: 'see_integrations' },
  { to: '/$entity/settings/secrets', title: 'Secrets', deed: 'see_integrations' },
  { to: '/$entity/settings/members', title: 'Members', deed: 'see_members' },
  { to: '/$entity/settings/alerts', title: 'Alerts', deed: 'see_integrations' },
  { to: '/$entity/settings/storage', title: 'Storage', deed: 'see_members' },
  { to: '/$entity/settings/audit', title: 'Audit log', deed: 'manage_members' },
] as const satisfies readonly { to: string; title: string; deed: Deed }[];

export type SettingsPart = (typeof SETTINGS_PARTS)[number]['title'];

/** The parts that somebody sees; a personal entity has no members but its owner. */
export function settingsPartsFor({ kind, may }: Pick<EntityDetails, 'kind' | 'may'>) {
  const parts = SETTINGS_PARTS.filter(({ deed }) => may.includes(deed));
  return kind === 'personal' ? parts.filter(({ title }) => title !== 'Members') : parts;
}
