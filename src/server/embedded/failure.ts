import { readFileSync } from 'node:fs';
import { TriplineError } from '../../model/error.ts';

/** Exit codes with which a shell says that a program could not be run at all. */
const NOT_RUNNABLE = new Set([126, 127]);

/** Why the database did not start, with the last thing it said. */
export function startFailure(what: string, code: number, logPath: string): TriplineError {
  if (NOT_RUNNABLE.has(code)) {
    return new TriplineError(
      'unavailable',
      `The PostgreSQL that Tripline brings does not run on this system (on Linux it needs the GNU C library): name a PostgreSQL server of your own in DATABASE_URL; details in ${logPath}.`,
    );
  }
  return new TriplineError('unavailable', `${what} (${lastWords(logPath)}): see ${logPath}.`);
}

export function folderInUse(dataFolder: string, pid: number): TriplineError {
  return new TriplineError(
    'conflict',
    `The data folder ${dataFolder} is in use by another Tripline (its PostgreSQL is process ${pid}): stop that one first, or choose another folder with --data.`,
  );
}

/** Whether processes of a killed server still live: they end in moments, and until then a new one refuses the folder. */
export function metRemains(logPath: string): boolean {
  return lastWords(logPath).includes('pre-existing shared memory block');
}

function lastWords(logPath: string): string {
  const lines = readFileSync(logPath, 'utf8').split('\n');
  const telling = lines.findLast((line) => /(FATAL|PANIC|error):/.test(line)) ?? lines.findLast((line) => line !== '');
  return telling?.replace(/^.*?(?=FATAL|PANIC|error)/, '') ?? 'it said nothing';
}
