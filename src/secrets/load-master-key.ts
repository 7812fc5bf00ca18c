import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { TriplineError } from '../model/error.ts';
import { type MasterKey, masterKeyFrom } from './master-key.ts';

export interface MasterKeySource {
  /** Value of TRIPLINE_MASTER_KEY. */
  readonly given: string | undefined;
  /** Path of `master.key` in the data folder. */
  readonly file: string;
  /** Whether nothing was sealed or signed yet: only then may a new key be made. */
  readonly unused: boolean;
}

const SHORTEST = 32;

/**
 * The given key, else the one in the file, else, for a database that knows none, a new one in that file (mode 0600).
 *
 * @throws TriplineError invalid when the key is missing although the database was written with one, too short, or
 *   cannot be read
 */
export function loadMasterKey({ given, file, unused }: MasterKeySource): MasterKey {
  const text = given ?? readKeyFile(file) ?? (unused ? makeKeyFile(file) : undefined);
  if (text === undefined) {
    throw new TriplineError(
      'invalid',
      `The master key of this database is missing: put its file back as ${file}, or give the key in TRIPLINE_MASTER_KEY.`,
    );
  }
  return masterKeyFrom(text);
}

/** What to say when the key's check value is not the one that the database holds. */
export function wrongMasterKey({ given, file }: Pick<MasterKeySource, 'given' | 'file'>): TriplineError {
  const source = given === undefined ? file : 'TRIPLINE_MASTER_KEY';
  return new TriplineError(
    'invalid',
    `The master key in ${source} is not the one that this database was written with: give that one, or use the database that belongs to this key.`,
  );
}

function readKeyFile(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim();
    if (text.length >= SHORTEST) return text;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return undefined;
    throw new TriplineError('invalid', `The master key in ${file} cannot be read (${code}): let this user read it.`, {
      cause: error,
    });
  }
  throw new TriplineError('invalid', `The master key in ${file} is shorter than ${SHORTEST} characters: put it back.`);
}

/** Written whole or not at all; when two processes make one at the same time, the first counts for both. */
function makeKeyFile(file: string): string | undefined {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const unfinished = `${file}.new-${process.pid}`;
  rmSync(unfinished, { force: true });
  const handle = openSync(unfinished, 'wx', 0o600);
  writeSync(handle, `${randomBytes(32).toString('base64')}\n`);
  fsyncSync(handle);
  closeSync(handle);
  try {
    linkSync(unfinished, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(unfinished);
  }
  return readKeyFile(file);
}
