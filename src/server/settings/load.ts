import type { z } from 'zod';
import { invalid } from '../../model/error.ts';
import { readSettingsFile } from './file.ts';
import { DEFINITIONS, type Definition, type SettingName, type Settings } from './schema.ts';

/** What commander found on the command line, by setting name. */
export type Flags = Readonly<Record<string, unknown>>;

interface Given {
  readonly text: string;
  /** What a refusal calls it: the flag, the variable, or the key in the file. */
  readonly source: string;
}

const LONGEST_SHOWN = 100;

/**
 * The settings of this start: a flag counts before the variable, the variable before the file, the file before the
 * default. An empty variable counts as absent.
 *
 * @throws TriplineError invalid that names the first bad setting and what is accepted, never a secret's value
 */
export function loadSettings(flags: Flags, env: Readonly<NodeJS.ProcessEnv>): Settings {
  const direct = (name: SettingName, definition: Definition) =>
    fromFlag(flags[name], definition) ?? fromVariable(env, definition);
  const values = new Map<SettingName, unknown>();
  let file: ReadonlyMap<string, string> = new Map();
  for (const [name, definition] of DEFINITIONS) {
    const given = direct(name, definition) ?? fromFile(file, values.get('config'), definition);
    values.set(name, parse(given ?? fromDefault(env, definition), definition));
    if (name === 'config') file = filed(values.get('config'));
  }
  return Object.fromEntries(values) as Settings;
}

function filed(path: unknown): ReadonlyMap<string, string> {
  return typeof path === 'string' ? readSettingsFile(path) : new Map();
}

function fromFlag(value: unknown, { flag }: Definition): Given | undefined {
  if (value === undefined || flag === undefined) return undefined;
  return { text: String(value), source: flag.split(' ')[0] ?? flag };
}

function fromVariable(env: Readonly<NodeJS.ProcessEnv>, { variable, otherVariable }: Definition): Given | undefined {
  for (const name of otherVariable === undefined ? [variable] : [variable, otherVariable]) {
    const text = env[name];
    if (text !== undefined && text !== '') return { text, source: name };
  }
  return undefined;
}

function fromFile(file: ReadonlyMap<string, string>, path: unknown, { fileKey }: Definition): Given | undefined {
  const text = fileKey === undefined ? undefined : file.get(fileKey);
  return text === undefined ? undefined : { text, source: `'${fileKey}' in ${path}` };
}

function fromDefault(env: Readonly<NodeJS.ProcessEnv>, { fallback, variable }: Definition): Given | undefined {
  return fallback === undefined ? undefined : { text: fallback(env), source: `the default of ${variable}` };
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
