import type { z } from 'zod';
import type { Definition } from './definition.ts';
import { FILES } from './files-settings.ts';
import { LIMITS } from './limits-settings.ts';
import { OUTBOUND } from './outbound-settings.ts';
import { RUNNING } from './running-settings.ts';
import { SERVING } from './serving-settings.ts';
import { SLACK } from './slack-settings.ts';

/** Every setting, in the order in which the help tells them. */
export const SETTINGS = {
  ...SERVING,
  ...OUTBOUND,
  ...LIMITS,
  ...SLACK,
  ...FILES,
  ...RUNNING,
} as const;

export type SettingName = keyof typeof SETTINGS;

/** Every setting with its typed value. `data` and other paths are absolute. */
export type Settings = { readonly [Name in SettingName]: z.output<(typeof SETTINGS)[Name]['schema']> };

/** The table with its names, typed alike for code that treats all settings the same. */
export const DEFINITIONS: readonly (readonly [SettingName, Definition])[] = Object.entries(SETTINGS) as [
  SettingName,
  Definition,
][];
