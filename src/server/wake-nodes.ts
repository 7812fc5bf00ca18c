import { randomUUID } from 'node:crypto';
import type { PoolConfig } from 'pg';
import type { Logger } from 'pino';
import type { DeliveryLoop } from '../delivery/loop.ts';
import type { IntegrationId } from '../model/ids.ts';
import { openNodeCalls } from '../store/node-calls.ts';
import type { Life } from './life.ts';
import type { Settings } from './settings/schema.ts';

/**
 * What deeds call after a commit that made deliveries: it wakes this node's loop, and calls the other nodes about
 * destinations that one of them may hold. The embedded database has one node by design.
 */
export function wakeNodes(
  loop: DeliveryLoop,
  settings: Pick<Settings, 'databaseUrl'>,
  connection: PoolConfig,
  life: Life,
  logger: Logger,
): (destinationIds: readonly IntegrationId[]) => void {
  const call = settings.databaseUrl === undefined ? () => {} : callOthers(loop, connection, life, logger);
  return (destinationIds) => {
    if (destinationIds.length === 0) return;
    loop.wake(destinationIds);
    call(destinationIds.filter((id) => !loop.holds(id)));
  };
}

function callOthers(loop: DeliveryLoop, connection: PoolConfig, life: Life, logger: Logger) {
  const calls = openNodeCalls({
    connection,
    node: randomUUID(),
    onCall: (destinationIds) => loop.wake(destinationIds),
    onLost: ({ message }) =>
      logger.warn({ reason: message }, 'the nodes cannot call one another; due deliveries are found by polling'),
  });
  life.add(() => calls.close());
  return (destinationIds: readonly IntegrationId[]) => {
    if (destinationIds.length > 0) calls.tell(destinationIds);
  };
}
