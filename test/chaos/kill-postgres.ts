import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { clusterFolder } from '../../src/server/embedded/data-folder.ts';
import { readPidFile } from '../../src/server/embedded/pid-file.ts';

/** SIGKILL to the PostgreSQL of a data folder and to all that it started, as when a machine stops its processes. */
export function killPostgres(dataFolder: string): void {
  const file = readPidFile(clusterFolder(dataFolder));
  if (file === undefined) throw new Error(`no PostgreSQL runs on ${dataFolder}`);
  for (const pid of [file.pid, ...childrenOf(file.pid)]) signal(pid, 'SIGKILL');
}

/** Sends a signal to a process that may have ended meanwhile, as short-lived workers of PostgreSQL do. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

export function childrenOf(parent: number): number[] {
  return processes().flatMap(([pid, ppid]) => (ppid === parent ? [pid] : []));
}

function processes(): (readonly [pid: number, ppid: number])[] {
  if (process.platform !== 'linux') {
    const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
    return table.split('\n').map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  }
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    const ppid = parentOf(pid);
    return ppid === undefined ? [] : [[Number(pid), ppid] as const];
  });
}

/** The second field after the program's name, which may hold spaces and brackets. */
function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}
