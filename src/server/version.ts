import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** This program's version, from its package.json: beside `dist/` when bundled, beside `src/` in development. */
export const VERSION: string = readVersion();

function readVersion(): string {
  const file = ['../package.json', '../../package.json']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path));
  if (file === undefined) throw new Error('package.json is missing: install Tripline again');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
