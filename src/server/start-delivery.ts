import type { Logger } from 'pino';
import { type DeliveryLoop, startDelivery as startLoop } from '../delivery/loop.ts';
import { RecentTests } from '../delivery/recent-tests.ts';
import type { DeliveryRoom } from '../delivery/room.ts';
import type { DeliveryWatch } from '../delivery/watch.ts';
import type { MasterKeys } from '../secrets/master-keys.ts';
import type { Ground } from '../store/ground.ts';
import type { Life } from './life.ts';
import { openGuarded } from './open-guarded.ts';
import { openSecretRoom } from './open-secret-room.ts';
import type { Settings } from './settings/schema.ts';
import { VERSION } from './version.ts';

/**
 * The embedded database has one server by design: what the last one held is its own, so that after a crash nothing
 * waits for a lease to end.
 */
const SOLE_OWNER = '00000000-0000-4000-8000-000000000000';

/** The loop that delivers executions, and what it stands on: the guarded way out, and the secrets. */
export function startDelivery(
  ground: Ground,
  settings: Settings,
  masters: MasterKeys,
  life: Life,
  logger: Logger,
  pageOf: (kind: 'automations' | 'executions', id: string) => string,
  watch: DeliveryWatch,
): { readonly loop: DeliveryLoop; readonly room: DeliveryRoom } {
  const outbound = openGuarded(settings, logger);
  life.add(() => outbound.close());
  const secrets = openSecretRoom(ground, masters, logger);
  const room = {
    ground,
    outbound,
    secrets,
    tests: new RecentTests(),
    log: logger,
    version: VERSION,
    automationUrl: (id: string) => pageOf('automations', id),
    executionUrl: (id: string) => pageOf('executions', id),
    random: Math.random,
  };
  const loop = startLoop(room, {
    ...(settings.databaseUrl === undefined ? { owner: SOLE_OWNER } : {}),
    limits: { inFlight: settings.webhookInFlight, perSecond: settings.webhookPerSecond },
    inFlight: settings.deliveriesInFlight,
    watch,
  });
  life.add(() => loop.stop());
  return { loop, room };
}
