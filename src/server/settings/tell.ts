import type { ToldSetting } from '../../wire/rest/server-schemas.ts';
import type { SetValue } from './load.ts';
import { DEFINITIONS, type SettingName } from './schema.ts';

/** The settings of this start for the operator: where each came from, how it is changed, and no secret. */
export function tellSettings(read: ReadonlyMap<SettingName, SetValue>): ToldSetting[] {
  return DEFINITIONS.flatMap(([name, { hidden, group, flag, variable, fileKey, description, secret, shown }]) => {
    if (hidden) return [];
    const given = read.get(name)?.given;
    const show = shown ?? (secret ? () => null : (text: string) => text);
    return [
      {
        group,
        flag: flag?.split(' ')[0] ?? null,
        variable,
        fileKey: fileKey ?? null,
        description,
        secret: secret ?? false,
        source: given?.by ?? null,
        value: given === undefined ? null : show(given.text),
      },
    ];
  });
}
