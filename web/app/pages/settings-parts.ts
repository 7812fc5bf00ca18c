import type { EntityDetails } from '../../lib/api/generated.ts';

export type Deed = EntityDetails['may'][number];

/** The parts of an entity's settings, in the order of their tabs, each with the deed without which it is not shown. */
export const SETTINGS_PARTS = [
  { to: '/$entity/settings/webhooks', title: 'Webhooks', deed: 'see_integrations' },
  { to: '/$entity/settings/slack', title: 'Slack channels', deed: 'see_integrations' },
  { to: '/$entity/settings/secrets', title: 'Secrets', deed: 'see_integrations' },
] as const satisfies readonly { to: string; title: string; deed: Deed }[];

export type SettingsPart = (typeof SETTINGS_PARTS)[number]['title'];

/** The parts that somebody sees. */
export function settingsPartsFor({ may }: Pick<EntityDetails, 'may'>) {
  return SETTINGS_PARTS.filter(({ deed }) => may.includes(deed));
}
