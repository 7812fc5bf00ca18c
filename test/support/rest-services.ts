import type { DeliveryRoom } from '../../src/delivery/room.ts';
import { createAuthenticator } from '../../src/directory/authenticate.ts';
import type { MasterKeys } from '../../src/secrets/master-keys.ts';
import { openSlackRoom } from '../../src/server/open-slack-room.ts';
import type { Ground } from '../../src/store/ground.ts';
import type { RestServices } from '../../src/wire/rest/app.ts';
import { deliveryRoom } from './delivery-room.ts';
import type { SlackServer } from './slack-server.ts';

/** What the public API stands on in a test; without a server that speaks like Slack there is nobody to connect with. */
export function restServices(
  ground: Ground,
  masters: MasterKeys,
  { delivery = deliveryRoom(ground, { masters }), slack }: { delivery?: DeliveryRoom; slack?: SlackServer } = {},
): RestServices {
  const settings = {
    slackUrl: slack?.url ?? 'https://slack.com',
    slackClientId: slack?.app.clientId,
    slackClientSecret: slack?.app.clientSecret,
  };
  return {
    ground,
    authenticate: createAuthenticator(ground.database),
    masters,
    slack: openSlackRoom(settings, delivery, masters),
    baseUrlOf: () => 'http://tripline.test',
    delivery,
    woken: () => {},
  };
}
