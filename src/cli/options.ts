import { type Command, Option } from 'commander';
import type { Definition } from '../server/settings/definition.ts';
import { DEFINITIONS, type SettingName } from '../server/settings/schema.ts';

/** Gives a command the flags of the named settings, each with its default and variable in the help. */
export function addSettings(command: Command, names: readonly SettingName[]): Command {
  for (const [name, definition] of DEFINITIONS) {
    if (names.includes(name) && definition.flag !== undefined && !definition.hidden) {
      command.addOption(new Option(definition.flag, describe(definition)));
    }
  }
  return command;
}

export const ALL_SETTINGS: readonly SettingName[] = DEFINITIONS.map(([name]) => name);

export const BLOB_SETTINGS: readonly SettingName[] = ALL_SETTINGS.filter((name) => /^(blobs|s3[A-Z])/.test(name));

/** The settings that have no flag because a command line is visible to others. */
export function helpOnSecrets(): string {
  const secrets = DEFINITIONS.flatMap(([, definition]) =>
    definition.flag === undefined && !definition.hidden ? [definition] : [],
  );
  const lines = secrets.map(
    ({ variable, fileKey, description }) => `  ${variable}, '${fileKey}'\n      ${description}`,
  );
  return `\nSecrets, by variable or in the file, never by flag:\n${lines.join('\n')}\n`;
}

function describe({ description, fallback, variable }: Definition): string {
  const standard = fallback?.(process.env);
  const told = standard === undefined ? '' : `default: ${standard === '' ? 'none' : standard}, `;
  return `${description} (${told}variable: ${variable})`;
}
