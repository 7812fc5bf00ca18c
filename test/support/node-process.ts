import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../dist/tripline.js', import.meta.url));
/** A process that does not end on SIGTERM within this time has a fault. */
const STOP_WITHIN_MS = 20_000;

/** One process of the built program. */
export interface NodeProcess {
  readonly pid: number;
  /** Everything it printed. */
  readonly log: string;
  /** Exit code or signal, once it has ended. */
  readonly outcome: string | undefined;
  /** SIGTERM; @throws Error when it does not end in time or ends with a code other than 0 */
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

const running = new Set<ChildProcess>();

process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export function spawnTripline(args: readonly string[], env: Readonly<Record<string, string>>): NodeProcess {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: { ...ambient(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: string[] = [];
  let outcome: string | undefined;
  running.add(child);
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data: Buffer) => printed.push(data.toString()));
  // not at its exit: what it printed last may still be on its way then
  const ended = once(child, 'close').then(([code, signal]) => {
    running.delete(child);
    outcome = String(signal ?? code);
  });
  return {
    pid: child.pid ?? 0,
    get log() {
      return printed.join('');
    },
    get outcome() {
      return outcome;
    },
    stop: async () => {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      await ended;
      clearTimeout(late);
      if (outcome !== '0') throw new Error(`on SIGTERM the server ended with ${outcome}:\n${printed.join('')}`);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** What a developer set for their own server must not reach the one under test. */
function ambient(): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(TRIPLINE_|DATABASE_URL|PG|NODE_OPTIONS|NODE_TEST)|^(https?|no)_proxy$/i.test(name),
  );
  return Object.fromEntries(own);
}
