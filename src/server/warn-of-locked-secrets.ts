import type { Logger } from 'pino';
import type { MasterKeys } from '../secrets/master-keys.ts';
import type { Database } from '../store/database.ts';
import { countKeysNotWrappedBy } from '../store/tenant-keys.ts';

/** Tells at the start what a rotation of the master key that did not end has left behind. */
export async function warnOfLockedSecrets(database: Database, masters: MasterKeys, logger: Logger): Promise<void> {
  const entities = await countKeysNotWrappedBy(database, masters.known);
  if (entities === 0) return;
  logger.error(
    { entities },
    "secrets of some entities are sealed under a master key that this node does not know: run 'tripline secrets rotate-master-key' again with the old and the new key",
  );
}
