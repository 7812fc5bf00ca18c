import type { z } from 'zod';
import { invalid } from '../../model/error.ts';
import type { Definition } from './definition.ts';
import { readSettingsFile } from './file.ts';
import { DEFINITIONS, type SettingName, type Settings } from './schema.ts';

/** What commander found on the command line, by setting name. */
export type Flags = Readonly<Record<string, unknown>>;

/** Where a setting's text came from. */
export const SETTING_SOURCES = ['flag', 'variable', 'file', 'default'] as const;

interface Given {
  readonly text: string;
  readonly by: (typeof SETTING_SOURCES)[number];
  /** What a refusal calls it: the flag, the variable, or the key in the file. */
  readonly source: string;
}

/** A setting of this start. */
export interface SetValue {
  readonly value: unknown;
  /** `undefined` where nobody said anything and there is no default. */
  readonly given: Given | undefined;
}

const LONGEST_SHOWN = 100;

/**
 * The settings of this start: a flag counts before the variable, the variable before the file, the file before the
 * default. An empty variable counts as absent.
 *
 * @throws TriplineError invalid that names the first bad setting and what is accepted, never a secret's value
 */
export function loadSettings(flags: Flags, env: Readonly<NodeJS.ProcessEnv>): Settings {
  return settingsOf(readSettings(flags, env));
}

/** The typed values alone. */
export function settingsOf(read: ReadonlyMap<SettingName, SetValue>): Settings {
  return Object.fromEntries([...read].map(([name, { value }]) => [name, value])) as Settings;
}

/** The same, each with where it came from. @throws TriplineError invalid */
export function readSettings(flags: Flags, env: Readonly<NodeJS.ProcessEnv>): ReadonlyMap<SettingName, SetValue> {
  const direct = (name: SettingName, definition: Definition) =>
    fromFlag(flags[name], definition) ?? fromVariable(env, definition);
  const read = new Map<SettingName, SetValue>();
  let file: ReadonlyMap<string, string> = new Map();
  for (const [name, definition] of DEFINITIONS) {
    const path = read.get('config')?.value;
    const given = direct(name, definition) ?? fromFile(file, path, definition) ?? fromDefault(env, definition);
    const value = parse(given, definition);
    read.set(name, { value, given });
    if (name === 'config') file = filed(value);
  }
  return read;
}

function filed(path: unknown): ReadonlyMap<string, string> {
  return typeof path === 'string' ? readSettingsFile(path) : new Map();
}

function fromFlag(value: unknown, { flag }: Definition): Given | undefined {
  if (value === undefined || flag === undefined) return undefined;
  return { text: String(value), by: 'flag', source: flag.split(' ')[0] ?? flag };
}

function fromVariable(env: Readonly<NodeJS.ProcessEnv>, { variable, otherVariable }: Definition): Given | undefined {
  for (const name of otherVariable === undefined ? [variable] : [variable, otherVariable]) {
    const text = env[name];
    if (text !== undefined && text !== '') return { text, by: 'variable', source: name };
  }
  return undefined;
}

function fromFile(file: ReadonlyMap<string, string>, path: unknown, { fileKey }: Definition): Given | undefined {
  const text = fileKey === undefined ? undefined : file.get(fileKey);
  return text === undefined ? undefined : { text, by: 'file', source: `'${fileKey}' in ${path}` };
}

function fromDefault(env: Readonly<NodeJS.ProcessEnv>, { fallback, variable }: Definition): Given | undefined {
  if (fallback === undefined) return undefined;
  return { text: fallback(env), by: 'default', source: `the default of ${variable}` };
}

function parse(given: Given | undefined, { schema, secret, accepts }: Definition): unknown {
  const parsed = schema.safeParse(given?.text);
  if (parsed.success) return parsed.data;
  const shown = secret ? '' : ` '${given?.text.slice(0, LONGEST_SHOWN)}'`;
  const reason = secret ? undefined : reasonOf(parsed.error);
  throw invalid(
    `${given?.source}${shown} is not accepted${reason === undefined ? '' : ` (${reason})`}: give ${accepts}.`,
  );
}

function reasonOf({ issues }: z.ZodError): unknown {
  return issues[0]?.code === 'custom' ? issues[0].params?.reason : undefined;
}
