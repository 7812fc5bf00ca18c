import { join } from 'node:path';
import { loadMasterKey, wrongMasterKey } from '../secrets/load-master-key.ts';
import { keyCheck, masterKeyFrom } from '../secrets/master-key.ts';
import { MasterKeys } from '../secrets/master-keys.ts';
import type { Database } from '../store/database.ts';
import { claimInstanceValue, instanceValue } from '../store/instance.ts';
import type { Settings } from './settings/schema.ts';

/**
 * The master keys that this process knows, first the one that counts for the database. A new database takes the key
 * that is given, or gets a new one in the data folder.
 *
 * @throws TriplineError invalid when the key is missing, or none that is given is the database's
 */
export async function settleMasterKey(
  database: Database,
  settings: Pick<Settings, 'masterKey' | 'newMasterKey' | 'data'>,
): Promise<MasterKeys> {
  const known = await instanceValue(database, 'master_key_check');
  const source = { given: settings.masterKey, file: join(settings.data, 'master.key') };
  const master = loadMasterKey({ ...source, unused: known === undefined });
  const check = keyCheck(master);
  if (known === undefined) await claimInstanceValue(database, 'master_key_check', check);
  const valid = known ?? (await instanceValue(database, 'master_key_check'));
  const next = settings.newMasterKey === undefined ? undefined : masterKeyFrom(settings.newMasterKey);
  if (valid === check) return next === undefined ? new MasterKeys(master) : new MasterKeys(master, next);
  // the rotation was run already: the key that was the new one counts
  if (next !== undefined && valid === keyCheck(next)) return new MasterKeys(next, master);
  throw wrongMasterKey(source);
}
