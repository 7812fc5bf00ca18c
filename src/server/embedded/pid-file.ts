import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, join } from 'node:path';

/** What a PostgreSQL server says about itself in `postmaster.pid`. */
export interface PidFile {
  readonly pid: number;
  readonly port: number;
  readonly socketFolder: string;
  readonly stopping: boolean;
}

/** Reads the pid file of a database folder; `undefined` when there is none or it is only half written. */
export function readPidFile(clusterFolder: string): PidFile | undefined {
  const lines = readIfPresent(join(clusterFolder, 'postmaster.pid')).split('\n');
  const [pid, , , port, socketFolder, , , status = ''] = lines.map((line) => line.trim());
  if (!pid || !port || !socketFolder) return undefined;
  return { pid: Number(pid), port: Number(port), socketFolder, stopping: status === 'stopping' };
}

/** Path of the socket that a server on `port` puts into `folder`. */
export function socketPath(folder: string, port: number): string {
  return join(folder, `.s.PGSQL.${port}`);
}

/** Whether a server listens on the socket that the pid file names. */
export async function listens(file: PidFile): Promise<boolean> {
  const socket = connect(socketPath(file.socketFolder, file.port));
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  }).then((answer) => {
    socket.destroy();
    return answer === true;
  });
}

/**
 * PostgreSQL takes its pid file for valid as long as any process has that number. After a crash of the machine
 * the number may belong to a stranger: then, and only when we can see that it does, the lock files go.
 */
export function removeLocksOfStranger(clusterFolder: string, file: PidFile): void {
  const program = programOf(file.pid);
  if (program === undefined || program === 'postgres') return;
  rmSync(join(clusterFolder, 'postmaster.pid'), { force: true });
  rmSync(`${socketPath(file.socketFolder, file.port)}.lock`, { force: true });
}

function programOf(pid: number): string | undefined {
  try {
    const command =
      process.platform === 'linux'
        ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0]
        : execFileSync('ps', ['-p', String(pid), '-o', 'comm='], { encoding: 'utf8' }).trim();
    return command ? basename(command) : undefined;
  } catch {
    return undefined;
  }
}

function readIfPresent(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
