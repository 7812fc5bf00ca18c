import { demand } from '../access/demand.ts';
import type { SlackConfig } from '../actions/slack-config.ts';
import type { Origin } from '../model/audit.ts';
import { conflict, forbidden, invalid, notFound, TriplineError } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { type State, verifyState } from '../secrets/signed-state.ts';
import { sealSlackUrl } from '../secrets/slack-url.ts';
import type { Transaction } from '../store/database.ts';
import { entityById } from '../store/entities.ts';
import { keepSealed, updateIntegration } from '../store/integration-edits.ts';
import { forgetBroken } from '../store/integration-health.ts';
import { type Integration, lockIntegration, slackChannel } from '../store/integrations.ts';
import { claimState } from '../store/used-states.ts';
import { viewerById } from './authenticate.ts';
import { insertSlackChannel, slackName } from './create-slack-channel.ts';
import { exchangeSlackCode, type SlackAccess } from './exchange-slack-code.ts';
import { type EntityPlace, placeOf } from './find-entity.ts';
import { recordIntegration } from './record-integration.ts';
import { parseSlackHook, parseSlackName } from './slack-input.ts';
import type { SlackRoom } from './slack-room.ts';
import { tenantDataKey } from './tenant-data-key.ts';

/** How Slack sends a browser back. */
export interface SlackReturn {
  readonly state: string;
  readonly code: string | undefined;
  /** Why there is no code, for instance `access_denied`. */
  readonly error: string | undefined;
}

/** The request of that browser. */
export interface SlackVisit {
  /** Whoever it names, if anybody: nobody may finish what another user began. */
  readonly asked: Viewer | undefined;
  readonly origin: Origin;
}

/** What came of it, for the person in whose browser it ended. */
export type SlackConnection =
  | { readonly kind: 'connected'; readonly channel: Integration }
  | {
      /** Slack gave no channel for this entity; nothing has changed. */
      readonly kind: 'refused';
      readonly entityName: string;
      /** Slack's own word for it, such as `access_denied`, or {@link NOT_CONFIRMED}. */
      readonly word: string;
      readonly reason: TriplineError;
    };

/** Of what Slack answered when it was asked for the channel. */
const NOT_CONFIRMED = 'not_confirmed';

/**
 * Connects the channel that was chosen in Slack. The state decides for whom: it must be ours, fresh and unused, come
 * back in the session that began it, if one did, and who began must still be an admin of the entity. A channel of the entity that is connected again gets a new address, and
 * works again where it was broken; its automations keep it.
 *
 * @throws TriplineError invalid, forbidden, not_found, conflict: where it cannot be said whose settings it was about
 */
export async function finishSlackConnection(
  room: SlackRoom,
  { asked, origin }: SlackVisit,
  { state: text, code, error }: SlackReturn,
): Promise<SlackConnection> {
  const now = room.clock.now();
  const state = verifyState(room.masters, text, now);
  if (state === 'forged') throw invalid(`the state is none that this server gave out: ${AGAIN}`, 'state');
  if (state === 'expired') throw invalid(`the state has expired: ${AGAIN}`, 'state');
  if (asked !== undefined && asked.userId !== state.userId) throw forbidden(`another user began this: ${AGAIN}`);
  if (state.session !== null && asked?.session !== state.session) {
    throw forbidden(`another browser began this, or its session has ended: ${AGAIN}`);
  }
  if (!(await claimState(room.database, state, now))) throw invalid(`the state was used before: ${AGAIN}`, 'state');
  const { viewer, entity } = await whoBegan(room, state);
  const refused = (word: string, reason: TriplineError) =>
    ({ kind: 'refused', entityName: entity.name, word, reason }) as const;
  if (code === undefined) return refused(wordOf(error), notAuthorised(error));
  const access = await exchangeSlackCode(room, { code, redirectUri: state.redirectUri }).catch(onlyRefusal);
  if (access instanceof TriplineError) return refused(NOT_CONFIRMED, access);
  const url = parseSlackHook(access.incoming_webhook.url, room.slackUrl);
  const config = configOf(access);
  const channel = await room.database.transaction((tx) =>
    connect(tx, room, { ...viewer, origin }, entity, { config, url }),
  );
  return { kind: 'connected', channel };
}

function onlyRefusal(error: unknown): TriplineError {
  if (error instanceof TriplineError) return error;
  throw error;
}

const AGAIN = 'begin the connection to Slack again';

async function whoBegan({ database }: SlackRoom, { userId, entityId }: State) {
  const viewer = await viewerById(database, userId);
  const entity = await entityById(database, entityId);
  if (viewer === undefined || entity === undefined) throw notFound(`the user or the entity was deleted: ${AGAIN}`);
  const place = placeOf(entity);
  demand(viewer, 'manage_integrations', place, `entity '${entity.name}'`);
  return { viewer, entity: place };
}

const UNSAID = 'no_reason';

/** Slack's word is repeated only when it is one. */
function wordOf(error: string | undefined): string {
  return error !== undefined && /^[a-z_]{1,64}$/.test(error) ? error : UNSAID;
}

function notAuthorised(error: string | undefined): TriplineError {
  const word = wordOf(error);
  return conflict(`Slack was not authorised${word === UNSAID ? '' : ` (${word})`}: nothing was connected`);
}

function configOf({ team, incoming_webhook: hook }: SlackAccess): SlackConfig {
  return {
    teamName: parseSlackName(team.name, 'team.name'),
    channelName: parseSlackName(hook.channel, 'channel'),
    teamId: team.id,
    channelId: hook.channel_id,
    configurationUrl: hook.configuration_url,
  };
}

interface Channel {
  readonly config: SlackConfig;
  readonly url: string;
}

async function connect(
  tx: Transaction,
  room: SlackRoom,
  viewer: Viewer,
  entity: EntityPlace,
  { config, url }: Channel,
): Promise<Integration> {
  const ids = { teamId: config.teamId ?? '', channelId: config.channelId ?? '' };
  const known = await slackChannel(tx, entity.tenantId, ids);
  const locked = known && (await lockIntegration(tx, known.id, 'alone'));
  if (locked !== undefined) return renew(tx, room, viewer, locked, { config, url });
  const name = slackName(config);
  const made =
    (await insertSlackChannel(tx, room, viewer, entity, { name, config, url })) ??
    (await insertSlackChannel(tx, room, viewer, entity, { name: `${name} ${ids.channelId}`, config, url }));
  if (made !== undefined) return made;
  throw conflict(`'${entity.name}' has a Slack channel '${name}' already: rename that one`);
}

async function renew(
  tx: Transaction,
  { masters, clock }: SlackRoom,
  viewer: Viewer,
  before: Integration,
  { config, url }: Channel,
): Promise<Integration> {
  const { id, tenantId, name } = before;
  const now = clock.now();
  await updateIntegration(tx, id, { name, config, now });
  await keepSealed(tx, id, sealSlackUrl(await tenantDataKey(tx, masters, tenantId), { tenantId, id }, url));
  await forgetBroken(tx, [id]);
  const renewed = await lockIntegration(tx, id, 'alone');
  if (renewed === undefined) throw notFound('the channel was deleted at this moment');
  await recordIntegration(tx, viewer, 'changed', { before, after: renewed, now });
  return renewed;
}
