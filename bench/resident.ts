import { existsSync, readFileSync } from 'node:fs';

/** Resident memory of a process in MiB, of `/proc`; NaN where there is none. */
export function residentMiB(pid: number): number {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return Number.NaN;
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(file, 'utf8'))?.[1]) / 1024;
}
