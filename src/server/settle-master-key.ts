import { join } from 'node:path';
import { TriplineError } from '../model/error.ts';
import { loadMasterKey, type MasterKeySource, wrongMasterKey } from '../secrets/load-master-key.ts';
import { keyCheck, type MasterKey, masterKeyFrom, temporaryMasterKey } from '../secrets/master-key.ts';
import { MasterKeys } from '../secrets/master-keys.ts';
import type { Database } from '../store/database.ts';
import { claimInstanceValue, instanceValue } from '../store/instance.ts';
import type { Settings } from './settings/schema.ts';

export interface SettledKeys {
  readonly masters: MasterKeys;
  /** Why secrets stay locked here, and what to do; `undefined` when the key that counts is known. */
  readonly fault: string | undefined;
}

/**
 * The master keys that this process knows, first the one that counts for the database. A new database takes the key
 * that is given, or gets a new one in the data folder. Without the key that counts a process still serves: nothing can
 * be opened or sealed here, and nothing is lost by that.
 *
 * @throws TriplineError invalid when a new database is given a key that cannot be used
 */
export async function settleMasterKey(
  database: Database,
  settings: Pick<Settings, 'masterKey' | 'newMasterKey' | 'data'>,
): Promise<SettledKeys> {
  const source = { given: settings.masterKey, file: masterKeyFile(settings) };
  const counting = await countingCheck(database, source);
  const given = givenKey(source);
  const next = settings.newMasterKey === undefined ? [] : [masterKeyFrom(settings.newMasterKey)];
  // once the rotation was run, the key that was the new one counts
  const keys = [...(given instanceof TriplineError ? [] : [given]), ...next];
  const first = keys.find((key) => keyCheck(key) === counting);
  const others = keys.filter((key) => key !== first);
  if (first !== undefined) return { masters: new MasterKeys(first, ...others), fault: undefined };
  const { message } = given instanceof TriplineError ? given : wrongMasterKey(source);
  return { masters: new MasterKeys(others[0] ?? temporaryMasterKey(), ...others.slice(1)), fault: message };
}

/** The master key of whoever gives none lies there. */
export function masterKeyFile({ data }: Pick<Settings, 'data'>): string {
  return join(data, 'master.key');
}

type KnownSource = Omit<MasterKeySource, 'unused'>;

/** Check value of the key that counts: only a database that has none takes, or makes, the key of this process. */
async function countingCheck(database: Database, source: KnownSource): Promise<string | undefined> {
  const known = await instanceValue(database, 'master_key_check');
  if (known !== undefined) return known;
  const check = keyCheck(loadMasterKey({ ...source, unused: true }));
  await claimInstanceValue(database, 'master_key_check', check);
  return instanceValue(database, 'master_key_check');
}

function givenKey(source: KnownSource): MasterKey | TriplineError {
  try {
    return loadMasterKey({ ...source, unused: false });
  } catch (error) {
    if (error instanceof TriplineError) return error;
    throw error;
  }
}
