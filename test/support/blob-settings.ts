import type { BlobSettings } from '../../src/server/open-blobs.ts';
import { loadSettings } from '../../src/server/settings/load.ts';

/** The settings of a folder for files, or of more. */
export function blobSettings(data: string, env: Readonly<Record<string, string>> = {}): BlobSettings {
  return loadSettings({}, { ...env, TRIPLINE_DATA: data });
}
