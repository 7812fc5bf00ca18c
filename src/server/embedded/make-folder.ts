import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Makes a folder whole or not at all: `fill` gets a folder of another name, which takes its own name only when it
 * is full. What an earlier try left behind is removed.
 *
 * @returns false when another process has made the folder meanwhile
 */
export async function makeFolder(path: string, fill: (unfinished: string) => Promise<void> | void): Promise<boolean> {
  const unfinished = `${path}.new-${process.pid}`;
  removeLeftovers(path);
  mkdirSync(unfinished, { mode: 0o700 });
  try {
    await fill(unfinished);
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (isTaken(error)) return false;
    throw error;
  }
  flush(dirname(path));
  return true;
}

function removeLeftovers(path: string): void {
  const prefix = `${basename(path)}.new-`;
  for (const name of readdirSync(dirname(path))) {
    if (!name.startsWith(prefix) || isAlive(Number(name.slice(prefix.length)))) continue;
    rmSync(join(dirname(path), name), { recursive: true, force: true, maxRetries: 5 });
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST');
}

/** A new name is on disk only when its folder is. */
function flush(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
