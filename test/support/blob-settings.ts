import { loadSettings } from '../../src/server/settings/load.ts';
import type { Settings } from '../../src/server/settings/schema.ts';

/** The settings of a folder for files, or of more. */
export function blobSettings(data: string, env: Readonly<Record<string, string>> = {}): Settings {
  return loadSettings({}, { ...env, TRIPLINE_DATA: data });
}
