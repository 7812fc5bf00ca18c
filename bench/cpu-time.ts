import { existsSync, readFileSync } from 'node:fs';

/** Of `/proc`, on every platform that Node runs on. */
const TICK_MS = 10;

/** CPU time of a process in milliseconds, which other work on the machine does not change; NaN where unknown. */
export function cpuTimeOf(pid: number): number {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return Number.NaN;
  // the name, in parentheses, may hold spaces; the times are the 14th and 15th fields
  const [, fields = ''] = /.*\) (.*)/.exec(readFileSync(file, 'utf8')) ?? [];
  const [user, system] = fields.split(' ').slice(11, 13).map(Number);
  return ((user ?? Number.NaN) + (system ?? Number.NaN)) * TICK_MS;
}
