import { RecentTests } from '../../src/delivery/recent-tests.ts';
import type { DeliveryRoom } from '../../src/delivery/room.ts';
import { NOTHING_ALLOWED } from '../../src/outbound/allow-list.ts';
import { type OutboundOptions, openOutbound } from '../../src/outbound/client.ts';
import type { MasterKeys } from '../../src/secrets/master-keys.ts';
import { openSecretRoom } from '../../src/server/open-secret-room.ts';

export interface DeliveryRoomOptions extends Pick<OutboundOptions, 'totalTimeoutMs'> {
  readonly masters: MasterKeys;
  readonly log?: DeliveryRoom['log'];
}

/** Hears nothing. */
export const SILENT: DeliveryRoom['log'] = {
  isLevelEnabled: () => false,
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
};

/** What deliveries of a test stand on: they reach this machine only, and no retry is moved by chance. */
export function deliveryRoom(
  ground: DeliveryRoom['ground'],
  { masters, log = SILENT, totalTimeoutMs }: DeliveryRoomOptions,
): DeliveryRoom {
  const policy = { allow: NOTHING_ALLOWED, loopbackAllowed: true };
  return {
    ground,
    outbound: openOutbound({ policy, ...(totalTimeoutMs === undefined ? {} : { totalTimeoutMs }) }),
    secrets: openSecretRoom(ground, masters, log),
    tests: new RecentTests(),
    log,
    version: '1.2.3',
    automationUrl: (id) => `http://tripline.example/automations/${id}`,
    executionUrl: (id) => `http://tripline.example/executions/${id}`,
    random: () => 0.5,
  };
}
