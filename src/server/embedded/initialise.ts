import { chownSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { ROLE } from './connection.ts';
import { startFailure } from './failure.ts';
import { spawnOnLifeline } from './lifeline.ts';
import type { Log } from './log.ts';
import { makeFolder } from './make-folder.ts';

export interface Initialisation {
  readonly cluster: string;
  readonly binaries: Binaries;
  readonly account: Account | undefined;
  readonly log: Log;
  /** Password for connections over TCP; without one they are impossible. */
  readonly password: string | undefined;
}

/** Makes the database folder if there is none yet. */
export async function initialise(options: Initialisation): Promise<void> {
  if (existsSync(options.cluster)) return;
  await makeFolder(options.cluster, async (unfinished) => {
    give(unfinished, options.account);
    await withPasswordFile(options, (passwordArguments) => initdb(unfinished, passwordArguments, options));
  });
}

async function initdb(folder: string, extra: readonly string[], options: Initialisation): Promise<void> {
  const { ended } = spawnOnLifeline(
    [
      options.binaries.initdb,
      ...['--pgdata', folder, '--username', ROLE, '--data-checksums', '--no-instructions'],
      // one order of texts on every system, and one that an upgrade of the C library cannot change
      ...['--encoding', 'UTF8', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', 'C'],
      // the socket lies in a folder that only the database's account (and root) can enter
      ...['--auth-local', 'trust', '--auth-host', 'scram-sha-256', ...extra],
    ],
    { account: options.account, log: options.log.handle },
  );
  const code = await ended;
  if (code !== 0) throw startFailure('PostgreSQL could not make its data folder', code, options.log.path);
}

async function withPasswordFile(
  { cluster, account, password }: Initialisation,
  work: (passwordArguments: readonly string[]) => Promise<void>,
): Promise<void> {
  if (password === undefined) return work([]);
  const file = `${cluster}.password-${process.pid}`;
  try {
    writeFileSync(file, password, { mode: 0o600 });
    give(file, account);
    await work(['--pwfile', file]);
  } finally {
    rmSync(file, { force: true });
  }
}

function give(path: string, account: Account | undefined): void {
  if (account !== undefined) chownSync(path, account.uid, account.gid);
}
