import { keyCheck, type MasterKey } from '../../src/secrets/master-key.ts';
import { MasterKeys } from '../../src/secrets/master-keys.ts';
import type { Database } from '../../src/store/database.ts';
import { claimInstanceValue } from '../../src/store/instance.ts';

/** Gives a fresh database its master key, as the first start does. */
export async function settledMasters(database: Database, master: MasterKey): Promise<MasterKeys> {
  await claimInstanceValue(database, 'master_key_check', keyCheck(master));
  return new MasterKeys(master);
}
