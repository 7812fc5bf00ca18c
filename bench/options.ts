import { parseArgs } from 'node:util';

/** Databases whose flushes are real: the installed one of the tests runs without. */
const DATABASES = ['embedded', 'server'] as const;

export interface Options {
  readonly parts: readonly string[];
  readonly databases: readonly (typeof DATABASES)[number][];
  /** Timed seconds of each figure. */
  readonly seconds: number;
  /** Runs that log at the same time. */
  readonly runs: number;
  /** Numbers of automations in the project. */
  readonly automations: readonly number[];
  /** Executions in the history. */
  readonly executions: number;
  /** Runs in one project that is looked through. */
  readonly projectRuns: number;
  /** Small files of one version. */
  readonly files: number;
  /** MiB of one file that comes in parts. */
  readonly large: number;
  /** Numbers of versions that a collection has before further ones are logged to it. */
  readonly versions: readonly number[];
  /** Folder for the profiles of servers; absent: none are made. */
  readonly profile: string | undefined;
}

/** Reads the command line of the benchmark. @throws Error that says what is accepted */
export function readOptions(args: readonly string[], parts: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', default: parts.join() },
      database: { type: 'string', default: DATABASES.join() },
      seconds: { type: 'string', default: '6' },
      runs: { type: 'string', default: '64' },
      automations: { type: 'string', default: '0,10,1000,10000' },
      executions: { type: 'string', default: '300000' },
      'project-runs': { type: 'string', default: '100000' },
      files: { type: 'string', default: '10000' },
      large: { type: 'string', default: '5120' },
      versions: { type: 'string', default: '100,100000' },
      profile: { type: 'string' },
    },
  });
  return {
    parts: choice('only', values.only, parts),
    databases: choice('database', values.database, DATABASES),
    seconds: number('seconds', values.seconds),
    runs: number('runs', values.runs),
    automations: numbers('automations', values.automations),
    executions: number('executions', values.executions),
    projectRuns: number('project-runs', values['project-runs']),
    files: number('files', values.files),
    large: number('large', values.large),
    versions: numbers('versions', values.versions),
    profile: values.profile,
  };
}

function choice<Item extends string>(flag: string, text: string, accepted: readonly Item[]): Item[] {
  const chosen = accepted.filter((item) => text.split(',').includes(item));
  if (chosen.length !== text.split(',').length)
    throw new Error(`--${flag} ${text}: give some of ${accepted.join(', ')}`);
  return chosen;
}

function numbers(flag: string, text: string): number[] {
  return text.split(',').map((item) => number(flag, item));
}

function number(flag: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${flag} ${text}: give a whole number`);
  return value;
}
