import type { DeliveryRoom } from '../delivery/room.ts';
import type { SlackApp, SlackRoom } from '../directory/slack-room.ts';
import { invalid } from '../model/error.ts';
import type { MasterKeys } from '../secrets/master-keys.ts';
import type { Settings } from './settings/schema.ts';

type SlackSettings = Pick<Settings, 'slackClientId' | 'slackClientSecret' | 'slackUrl'>;

/** What is connected with Slack goes out as deliveries do. @throws TriplineError invalid for half of an app */
export function openSlackRoom(
  settings: SlackSettings,
  { ground, outbound, version }: Pick<DeliveryRoom, 'ground' | 'outbound' | 'version'>,
  masters: MasterKeys,
): SlackRoom {
  return { ...ground, masters, outbound, version, slackUrl: settings.slackUrl, app: appOf(settings) };
}

function appOf({ slackClientId: clientId, slackClientSecret: clientSecret }: SlackSettings): SlackApp | undefined {
  if (clientId !== undefined && clientSecret !== undefined) return { clientId, clientSecret };
  if (clientId === undefined && clientSecret === undefined) return undefined;
  throw invalid('TRIPLINE_SLACK_CLIENT_ID and TRIPLINE_SLACK_CLIENT_SECRET belong together: give both, or none.');
}
