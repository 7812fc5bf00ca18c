import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Of `/proc`, on every platform that Node runs on. */
const TICK_MS = 10;

/** CPU time of a process in milliseconds, which other work on the machine does not change; NaN where unknown. */
export function cpuTimeOf(pid: number): number {
  return sum(fieldsOf(pid).slice(USER, SYSTEM + 1));
}

/** CPU time of a process, of its children, and of those that have ended, in milliseconds; NaN where unknown. */
export function cpuTimeOfFamily(pid: number): number {
  if (!existsSync('/proc/self/stat')) return Number.NaN;
  const others = readdirSync('/proc').map(Number).filter(Number.isInteger);
  const children = others.filter((other) => parentOf(other) === pid);
  return sum(fieldsOf(pid).slice(USER, ENDED_SYSTEM + 1)) + children.reduce((all, child) => all + cpuTimeOf(child), 0);
}

export function parentOf(pid: number): number | undefined {
  return fieldsOf(pid)[PARENT];
}

/** Places behind the name: field 4 of the file, and fields 14 to 17. */
const PARENT = 1;
const [USER, SYSTEM, ENDED_SYSTEM] = [11, 12, 14];

/** The fields behind the name, which may hold spaces; none of a process that is not there. */
function fieldsOf(pid: number): number[] {
  try {
    const [, fields = ''] = /.*\) (.*)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return fields.split(' ').map(Number);
  } catch {
    return [];
  }
}

function sum(ticks: readonly number[]): number {
  return ticks.length === 0 ? Number.NaN : TICK_MS * ticks.reduce((all, each) => all + each, 0);
}
