import { existsSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The account that PostgreSQL runs under when it is not our own: it refuses to run as root. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** `nobody` has this number on every Linux, whether or not the system names it. */
const NOBODY: Account = { uid: 65534, gid: 65534 };

/**
 * The account for the database in `clusterFolder`; `undefined` means our own. As root: whoever owns the folder
 * already (it was made by an ordinary user and is now started with sudo), else `nobody`.
 */
export function databaseAccount(clusterFolder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = existsSync(clusterFolder) ? statSync(clusterFolder) : undefined;
  return owner === undefined || owner.uid === 0 ? NOBODY : { uid: owner.uid, gid: owner.gid };
}

/** The outermost folder on the way to `path` (itself included when it is one) that `account` may not pass. */
export function closedFolder(path: string, account: Account): string | undefined {
  const parent = dirname(path);
  const above = parent === path ? undefined : closedFolder(parent, account);
  if (above !== undefined) return above;
  const stats = statSync(path);
  return stats.isDirectory() && !mayPass(stats, account) ? path : undefined;
}

/** Whether `account` may read and execute the file. */
export function mayRun(path: string, account: Account): boolean {
  return (permissions(statSync(path), account) & 0b101) === 0b101;
}

function mayPass(stats: Stats, account: Account): boolean {
  return (permissions(stats, account) & 0b001) !== 0;
}

function permissions({ mode, uid, gid }: Stats, account: Account): number {
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
  return (mode >> shift) & 0b111;
}
