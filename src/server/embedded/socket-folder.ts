import { chownSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, closedFolder } from './account.ts';
import { socketPath } from './pid-file.ts';

export interface SocketFolder {
  readonly path: string;
  /** Whether it was made for this start alone. */
  readonly temporary: boolean;
}

/** The kernel's limits on a socket's path, in bytes, without the closing zero. */
const LONGEST = process.platform === 'darwin' ? 103 : 107;

/** The database's own folder (mode 0700) holds the socket, unless its path is too long for one. */
export function makeSocketFolder(cluster: string, port: number, account: Account | undefined): SocketFolder {
  if (fits(cluster, port)) return { path: cluster, temporary: false };
  const path = mkdtempSync(join(shortFolder(port, account), PREFIX));
  if (account !== undefined) chownSync(path, account.uid, account.gid);
  return { path, temporary: true };
}

const PREFIX = 'tripline-';
const RANDOM = 6;

function shortFolder(port: number, account: Account | undefined): string {
  const folder = tmpdir();
  const fitting = fits(join(folder, PREFIX + 'x'.repeat(RANDOM)), port);
  return fitting && (account === undefined || closedFolder(folder, account) === undefined) ? folder : '/tmp';
}

function fits(folder: string, port: number): boolean {
  return Buffer.byteLength(socketPath(folder, port)) <= LONGEST;
}
