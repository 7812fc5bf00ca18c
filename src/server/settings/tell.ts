import type { ToldSetting } from '../../wire/rest/server-schemas.ts';
import type { Definition } from './definition.ts';
import { GROUPS } from './groups.ts';
import type { SetValue } from './load.ts';
import { DEFINITIONS, type SettingName } from './schema.ts';

/** The settings of this start for the operator: where each came from, how it is changed, and no secret. */
export function tellSettings(read: ReadonlyMap<SettingName, SetValue>): ToldSetting[] {
  const shown = DEFINITIONS.filter(([, { hidden }]) => !hidden);
  return shown.map(([name, definition]) => tell(name, definition, read.get(name)?.given));
}

function tell(name: SettingName, definition: Definition, given: SetValue['given']): ToldSetting {
  const { flag, variable, fileKey, description, secret = false } = definition;
  return {
    group: GROUPS[name],
    flag: flag?.split(' ')[0] ?? null,
    variable,
    fileKey: fileKey ?? null,
    description,
    secret,
    source: given?.by ?? null,
    value: given === undefined ? null : shownText(name, secret, given.text),
  };
}

/** Secret for the password that they may hold. */
const ADDRESSES: ReadonlySet<SettingName> = new Set(['databaseUrl', 'httpProxy', 'httpsProxy']);

function shownText(name: SettingName, secret: boolean, text: string): string | null {
  if (ADDRESSES.has(name)) return withoutCredentials(text);
  return secret ? null : text;
}

/** Of an address only what names the place: no user, no password, nothing that could hold one. */
function withoutCredentials(address: string): string {
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}`;
}
