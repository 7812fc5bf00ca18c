import type { Logger } from 'pino';
import type { Database } from '../store/database.ts';
import { countKeysNotWrappedBy } from '../store/tenant-keys.ts';
import type { SettledKeys } from './settle-master-key.ts';

/** Tells at the start that the master key is missing or wrong, or what a rotation that did not end has left behind. */
export async function warnOfLockedSecrets(
  database: Database,
  { masters, fault }: SettledKeys,
  logger: Logger,
): Promise<void> {
  const entities = await countKeysNotWrappedBy(database, masters.known);
  if (fault !== undefined) return logger.error({ entities }, `secrets are locked at this node: ${fault} ${WHAT_WAITS}`);
  if (entities === 0) return;
  logger.error(
    { entities },
    "secrets of some entities are sealed under a master key that this node does not know: run 'tripline secrets rotate-master-key' again with the old and the new key",
  );
}

const WHAT_WAITS =
  'Until it is started so, it sends nothing that needs a secret, and stores none; nothing is lost, and other nodes go on.';
