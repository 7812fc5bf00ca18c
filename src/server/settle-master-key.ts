import { join } from 'node:path';
import { loadMasterKey, wrongMasterKey } from '../secrets/load-master-key.ts';
import { keyCheck, type MasterKey } from '../secrets/master-key.ts';
import type { Database } from '../store/database.ts';
import { claimInstanceValue, instanceValue } from '../store/instance.ts';
import type { Settings } from './settings/schema.ts';

/**
 * The master key of this database. A new database takes the key that is given, or gets a new one in the data folder.
 *
 * @throws TriplineError invalid when the key is missing, or is not the one that the database was written with
 */
export async function settleMasterKey(
  database: Database,
  settings: Pick<Settings, 'masterKey' | 'data'>,
): Promise<MasterKey> {
  const known = await instanceValue(database, 'master_key_check');
  const source = { given: settings.masterKey, file: join(settings.data, 'master.key') };
  const master = loadMasterKey({ ...source, unused: known === undefined });
  const check = keyCheck(master);
  if (known === undefined) await claimInstanceValue(database, 'master_key_check', check);
  if ((known ?? (await instanceValue(database, 'master_key_check'))) !== check) throw wrongMasterKey(source);
  return master;
}
