import { demand } from '../access/demand.ts';
import type { Instant } from '../model/clock.ts';
import { conflict } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { newNonce, signState } from '../secrets/signed-state.ts';
import type { EntityPlace } from './find-entity.ts';
import type { SlackApp, SlackRoom } from './slack-room.ts';

/** Where to send the browser of whoever connects a channel. */
export interface SlackConnection {
  readonly authorizeUrl: string;
  readonly expiresAt: Instant;
}

const VALID_MS = 10 * 60_000;

/**
 * Begins to connect a Slack channel; for the entity's admins. Slack asks which channel, and sends the browser back with
 * a state that is valid for ten minutes, once, for this user and entity (automations, section 4.7).
 *
 * @param redirectUri absolute, as it is registered with the Slack app
 * @throws TriplineError forbidden, conflict when the operator set no Slack app
 */
export function beginSlackConnection(
  room: SlackRoom,
  viewer: Viewer,
  entity: EntityPlace,
  redirectUri: string,
): SlackConnection {
  demand(viewer, 'manage_integrations', entity, `entity '${entity.name}'`);
  const { clientId } = requireSlackApp(room);
  const expiresAt = room.clock.now() + VALID_MS;
  const { userId, session = null } = viewer;
  const state = signState(room.masters, {
    userId,
    session,
    entityId: entity.id,
    redirectUri,
    nonce: newNonce(),
    expiresAt,
  });
  const query = new URLSearchParams({
    client_id: clientId,
    scope: 'incoming-webhook',
    redirect_uri: redirectUri,
    state,
  });
  return { authorizeUrl: `${room.slackUrl}/oauth/v2/authorize?${query}`, expiresAt };
}

/** @throws TriplineError conflict */
export function requireSlackApp({ app }: Pick<SlackRoom, 'app'>): SlackApp {
  if (app !== undefined) return app;
  throw conflict(
    'this server has no Slack app: its operator sets TRIPLINE_SLACK_CLIENT_ID and TRIPLINE_SLACK_CLIENT_SECRET; or give the URL of an incoming webhook',
  );
}
