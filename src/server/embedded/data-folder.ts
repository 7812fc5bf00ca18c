import { accessSync, chmodSync, constants, mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TriplineError } from '../../model/error.ts';
import { type Account, closedFolder } from './account.ts';

/** Where the database lies in a data folder. */
export function clusterFolder(dataFolder: string): string {
  return join(dataFolder, 'postgres');
}

/**
 * Makes the data folder if it is missing and sees to it that the database's account can pass it.
 *
 * @returns the folder's real path
 * @throws TriplineError invalid when it cannot be made, or a folder above it is closed to that account
 */
export function prepareDataFolder(dataFolder: string, account: Account | undefined): string {
  const path = makeOrRefuse(dataFolder);
  if (account === undefined) return path;
  const closed = closedFolder(dirname(path), account);
  if (closed !== undefined) {
    throw new TriplineError(
      'invalid',
      `PostgreSQL does not run as root and so runs as user ${account.uid}, to whom the folder ${closed} above the data folder ${path} is closed: choose another data folder with --data, or open that one with 'chmod o+x ${closed}'.`,
    );
  }
  if (closedFolder(path, account) !== undefined) chmodSync(path, statSync(path).mode | 0o011);
  return path;
}

/** @throws TriplineError conflict when the data was written by another major version of PostgreSQL */
export function refuseOtherMajor(cluster: string, major: string): void {
  const found = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (found === major) return;
  throw new TriplineError(
    'conflict',
    `The data in ${cluster} was written by PostgreSQL ${found} and this Tripline brings PostgreSQL ${major}: start the Tripline that wrote it and move the data with pg_dump, or choose another data folder with --data.`,
  );
}

function makeOrRefuse(dataFolder: string): string {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    accessSync(dataFolder, constants.R_OK | constants.W_OK | constants.X_OK);
    return realpathSync(dataFolder);
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new TriplineError(
      'invalid',
      `The data folder ${dataFolder} cannot be used (${reason}): choose another with --data.`,
    );
  }
}
