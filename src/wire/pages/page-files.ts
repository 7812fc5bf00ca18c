import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

/** A file of the web app, held in memory with the packed forms that the build made of it. */
export interface PageFile {
  readonly type: string;
  readonly plain: Buffer;
  readonly brotli: Buffer | undefined;
  readonly gzip: Buffer | undefined;
  readonly etag: string;
}

/** The built web app, by address without its first slash. */
export type PageFiles = ReadonlyMap<string, PageFile>;

export const INDEX = 'index.html';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Reads a folder that `scripts/build.mjs` wrote; no files when the web app was not built. */
export function readPageFiles(folder: string): PageFiles {
  if (!existsSync(join(folder, INDEX))) return new Map();
  const names = readdirSync(folder, { recursive: true }).map((name) => String(name).replaceAll('\\', '/'));
  const present = new Set(names);
  const read = (name: string): Buffer => readFileSync(join(folder, name));
  const packed = (name: string): Buffer | undefined => (present.has(name) ? read(name) : undefined);
  const known = names.flatMap((name): [string, PageFile][] => {
    const type = TYPES[extname(name)];
    if (type === undefined) return [];
    const plain = read(name);
    const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
    return [[name, { type, plain, brotli: packed(`${name}.br`), gzip: packed(`${name}.gz`), etag }]];
  });
  return new Map(known);
}
