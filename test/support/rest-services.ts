import { Backtests } from '../../src/automations/backtests.ts';
import type { BlobStore } from '../../src/blobs/blob-store.ts';
import type { DeliveryRoom } from '../../src/delivery/room.ts';
import { createAuthenticator } from '../../src/directory/authenticate.ts';
import type { MasterKeys } from '../../src/secrets/master-keys.ts';
import { openSlackRoom } from '../../src/server/open-slack-room.ts';
import { readSettings } from '../../src/server/settings/load.ts';
import { tellSettings } from '../../src/server/settings/tell.ts';
import type { Ground } from '../../src/store/ground.ts';
import { RunMetrics } from '../../src/store/run-metrics.ts';
import type { FileGround } from '../../src/tracking/file-ground.ts';
import { GatheredUploads } from '../../src/tracking/gathered-uploads.ts';
import type { TrackingRoom } from '../../src/tracking/room.ts';
import type { RestServices } from '../../src/wire/rest/app.ts';
import type { ServerFacts } from '../../src/wire/rest/server-schemas.ts';
import { onEnd } from './clean-up.ts';
import { deliveryRoom } from './delivery-room.ts';
import { explainRoom } from './explain-room.ts';
import type { SlackServer } from './slack-server.ts';
import { trackingRoom } from './tracking-room.ts';

/** What the public API stands on in a test; without a server that speaks like Slack there is nobody to connect with. */
export function restServices(
  ground: Ground,
  masters: MasterKeys,
  {
    delivery = deliveryRoom(ground, { masters }),
    slack,
    connection = {},
    tracking = trackingRoom(ground),
    files = {
      ...{ ...ground, blobs: NO_BLOBS, space: undefined, onLeftover: () => {} },
      ...{ uploads: new GatheredUploads(ground), assembling: new Map() },
    },
  }: {
    delivery?: DeliveryRoom;
    slack?: SlackServer;
    connection?: object;
    tracking?: TrackingRoom;
    files?: FileGround;
  } = {},
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
    explain: explainRoom(ground),
    artifactFilePath: () => '/no-files-here',
    backtests: backtestsOf(ground, connection),
    facts: FACTS,
    runMetrics: new RunMetrics(ground.database, () => {}),
    tracking,
    files,
    woken: () => {},
  };
}

/** Of a test that has no files. */
const NO_BLOBS = new Proxy({} as BlobStore, {
  get: () => () => {
    throw new Error('this test keeps no files');
  },
});

/** As if it had been started without any setting. */
const FACTS: ServerFacts = {
  version: '0.0.0',
  startedAt: 0,
  node: 0,
  database: { kind: 'external', place: 'of a test' },
  files: { kind: 'folder', place: 'of a test' },
  masterKey: { keptIn: 'memory', fault: undefined },
  loopbackAllowed: false,
  settings: tellSettings(readSettings({}, {})),
};

function backtestsOf(ground: Ground, connection: object): Backtests {
  const backtests = new Backtests(ground, connection, (error) => console.error(error));
  onEnd(() => backtests.stop());
  return backtests;
}
