import { strictEqual } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePython } from '../../scripts/python.mjs';
import type { Person } from './scene.ts';
import type { Server } from './server.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface Script {
  readonly server: Pick<Server, 'url'>;
  readonly person: Pick<Person, 'key'>;
  /** Python source; it sees the client as its users install it. */
  readonly source: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The longest that it may take, in milliseconds, the client's own start included; default 90,000. */
  readonly withinMs?: number;
  /** Told what the script printed so far, each time it prints; `kill` ends it and its helpers with SIGKILL. */
  readonly onOutput?: (printed: string, kill: () => void) => void;
}

/** A script that has ended. */
export interface PythonResult {
  /** Exit code or signal; of a script that took too long, that it did. */
  readonly outcome: string;
  readonly stdout: string;
  readonly stderr: string;
  /** What the client wrote into its own log files. */
  readonly clientLog: string;
}

/** How much of each of its outputs is shown of a script that failed. */
const SHOWN_LINES = 80;

/** Runs a Python script with the pinned, unmodified client against the server. */
export async function runPython({
  server,
  person,
  source,
  env = {},
  withinMs = 90_000,
  onOutput,
}: Script): Promise<PythonResult> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'script.py'), source);
  const child = spawn(ensurePython(), [join(folder, 'script.py')], {
    cwd: folder,
    env: { ...ambient(), ...clientEnvironment(folder, server.url, person.key), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // a group of its own: the client starts a helper that must die with it
    detached: true,
  });
  const killGroup = () => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  let isLate = false;
  const late = setTimeout(() => {
    isLate = true;
    killGroup();
  }, withinMs);
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (data: Buffer) => {
      printed[name] += data.toString();
      onOutput?.(printed[name], killGroup);
    });
  }
  const [code, signal] = await once(child, 'close');
  clearTimeout(late);
  const outcome = isLate ? `SIGKILL: it did not end within ${withinMs / 1000} s` : String(signal ?? code);
  return { outcome, ...printed, clientLog: logsBelow(folder) };
}

/** Runs a script that must succeed. @returns what it printed, as JSON when it is */
export async function python<Value = unknown>(script: Script): Promise<Value> {
  const result = await runPython(script);
  assertOutcome(result, '0');
  const last = result.stdout.trim().split('\n').at(-1) ?? '';
  return (/^[[{"\d]|^(null|true|false)$/.test(last) ? JSON.parse(last) : last) as Value;
}

/** A script that ended otherwise is shown with what it and the client's helper said last: there the cause is. */
export function assertOutcome({ outcome, stdout, stderr, clientLog }: PythonResult, expected: string): void {
  const parts = Object.entries({ stdout, stderr, 'log of the client': clientLog });
  const said = parts.map(
    ([name, text]) => `--- ${name}:\n${text.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n')}`,
  );
  strictEqual(outcome, expected, `the script ended with ${outcome}\n${said.join('\n')}`);
}

const COMPLAINT = /warning|error|traceback|retry|timed? ?out|failed/i;
/** How the client's own log names a request that it had to repeat, or gave up on. */
const CLIENT_COMPLAINT = /"level":"(WARN|ERROR)"|retrying|"status(_code)?":"?[45]\d\d/;

/** A script that ends by an exception may be gone while the client's helper still talks to it: no request of ours. */
const OWN_PIPE = /(read|write) unix \S+: (read|write): (broken pipe|connection reset by peer)/;
/** Of a very short script the client's own monitor may still sample, or look at the machine, when the run has ended. */
const OWN_HASTE = /sendSystemMetrics called after exit|called UploadNow\(\) after Finish\(\)/;

/** Expects that the client found nothing to complain of: no warning, no error, no request sent twice. */
export function assertQuiet(result: PythonResult, allowed: RegExp = /^$/): void {
  const said = `${result.stdout}\n${result.stderr}`
    .split('\n')
    .filter((line) => COMPLAINT.test(line) && !allowed.test(line));
  const logged = result.clientLog
    .split('\n')
    .filter((line) => CLIENT_COMPLAINT.test(line) && !OWN_PIPE.test(line) && !OWN_HASTE.test(line));
  strictEqual([...said, ...logged].join('\n'), '', 'the client complained');
}

/**
 * Whether a script that raised at once waits for ever for the client's own helper, which it has lost: that happens
 * rarely, and no server hears of it.
 */
export function isDeserted({ outcome, clientLog }: PythonResult): boolean {
  return outcome.startsWith('SIGKILL:') && clientLog.includes('HandleAbandonedError');
}

function clientEnvironment(folder: string, url: string, key: string): Record<string, string> {
  return {
    // no netrc and no settings of the person who runs the tests
    HOME: folder,
    ...Object.fromEntries(['', '_CACHE', '_CONFIG', '_DATA'].map((kind) => [`WANDB${kind}_DIR`, folder])),
    WANDB_BASE_URL: url,
    WANDB_API_KEY: key,
    // the client sends crash reports to its makers otherwise
    WANDB_ERROR_REPORTING: 'false',
    PYTHONUNBUFFERED: '1',
    NO_PROXY: '127.0.0.1',
  };
}

function ambient(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(WANDB_|PYTHON)/.test(name)));
}

/** The client leaves each log under several names, links to the one file. */
function logsBelow(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const logs = files.filter((file) => file.isFile() && /debug.*\.log$/.test(file.name));
  return logs.map((file) => readFileSync(join(file.parentPath, file.name), 'utf8')).join('\n');
}
