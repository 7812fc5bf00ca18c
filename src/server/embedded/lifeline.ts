import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Account } from './account.ts';

/** A program that is interrupted as soon as this process lets go of it or dies, whatever it dies of. */
export interface Lifeline {
  /** Process id of the program itself; 0 when it could not be started. */
  readonly pid: Promise<number>;
  /** Exit code of the program; 128 + n when signal n ended it, 126 or 127 when it could not be started. */
  readonly ended: Promise<number>;
  /** Interrupts the program. */
  release(): void;
}

export interface LifelineOptions {
  /** Runs the program under another account; only root may. */
  readonly account: Account | undefined;
  /** File descriptor that takes what the program prints. */
  readonly log: number;
  /** A folder that is removed, if empty, after the program has ended. */
  readonly temporaryFolder?: string | undefined;
}

/**
 * The shell holds the other end of our pipe: when we end, even by SIGKILL, `read` sees the end of the pipe. The
 * program itself must not hold that end, and the watcher is a builtin so that no process outlives the shell.
 */
const SCRIPT = `
exec 3<&0
"$@" </dev/null 3<&- >&2 &
program=$!
echo "$program"
{ read -r line <&3; kill -INT "$program"; } >/dev/null 2>&1 &
watcher=$!
wait "$program"
code=$?
kill "$watcher" 2>/dev/null
if [ -n "$TEMPORARY_FOLDER" ]; then rmdir "$TEMPORARY_FOLDER" 2>/dev/null; fi
exit "$code"
`;

const NOT_STARTED = 126;

export function spawnOnLifeline(command: readonly string[], options: LifelineOptions): Lifeline {
  const shell = spawn('/bin/sh', ['-c', SCRIPT, 'sh', ...command], {
    ...options.account,
    cwd: '/',
    // nothing of ours leaks into the program, secrets and PG* variables least of all
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TEMPORARY_FOLDER: options.temporaryFolder ?? '' },
    // a session of its own: Ctrl-C in a terminal reaches us, and we end the program when we are done with it
    detached: true,
    stdio: ['pipe', 'pipe', options.log],
  });
  const { stdin, stdout } = shell;
  if (stdin === null || stdout === null) throw new TypeError('the shell has no pipes');
  stdin.on('error', () => {});
  const ended = once(shell, 'exit').then(
    ([code]) => Number(code ?? 128),
    (error: unknown) => {
      writeSync(options.log, `${error}\n`);
      return NOT_STARTED;
    },
  );
  const firstLine = once(createInterface(stdout), 'line').then(([line]) => Number(line));
  return { pid: Promise.race([firstLine, ended.then(() => 0)]), ended, release: () => stdin.destroy() };
}
