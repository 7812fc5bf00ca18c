import { ftruncateSync, openSync } from 'node:fs';
import { join } from 'node:path';

/** The file that takes what PostgreSQL says. */
export interface Log {
  readonly path: string;
  readonly handle: number;
}

/** Opens the log of a data folder, emptied: it keeps one start's words only, so it cannot grow for ever. */
export function openLog(dataFolder: string): Log {
  const path = join(dataFolder, 'postgres.log');
  const handle = openSync(path, 'a', 0o600);
  ftruncateSync(handle);
  return { path, handle };
}
