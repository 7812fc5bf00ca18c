import { demand } from '../access/demand.ts';
import type { SlackConfig } from '../actions/slack-config.ts';
import { conflict, notFound } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { sealSlackUrl } from '../secrets/slack-url.ts';
import type { Transaction } from '../store/database.ts';
import { lockEntity } from '../store/entities.ts';
import { keepSealed } from '../store/integration-edits.ts';
import { type Integration, insertIntegration, integrationById } from '../store/integrations.ts';
import type { EntityPlace } from './find-entity.ts';
import { recordIntegration } from './record-integration.ts';
import { parseSlackHook, parseSlackName } from './slack-input.ts';
import type { SlackRoom } from './slack-room.ts';
import { tenantDataKey } from './tenant-data-key.ts';

/** A channel whose incoming webhook somebody made in Slack. */
export interface SlackChannelInput {
  /** `null`: made of channel and workspace. */
  readonly name: string | null;
  /** Of the workspace. */
  readonly teamName: string;
  readonly channelName: string;
  /** A credential. */
  readonly url: string;
}

/**
 * Makes a Slack integration from the address of an incoming webhook; for the entity's admins.
 *
 * @throws TriplineError forbidden, invalid, conflict when the entity has a channel of that name, unavailable
 */
export async function createSlackChannel(
  room: SlackRoom,
  viewer: Viewer,
  entity: EntityPlace,
  input: SlackChannelInput,
): Promise<Integration> {
  demand(viewer, 'manage_integrations', entity, `entity '${entity.name}'`);
  const teamName = parseSlackName(input.teamName, 'teamName');
  const channelName = parseSlackName(input.channelName, 'channelName');
  const name = input.name === null ? slackName({ teamName, channelName }) : parseSlackName(input.name, 'name');
  const url = parseSlackHook(input.url, room.slackUrl);
  const config = { teamName, channelName, teamId: null, channelId: null, configurationUrl: null };
  return room.database.transaction(async (tx) => {
    const created = await insertSlackChannel(tx, room, viewer, entity, { name, config, url });
    if (created === undefined)
      throw conflict(`'${entity.name}' has a Slack channel '${name}' already: choose another name`, 'name');
    return created;
  });
}

export function slackName({ teamName, channelName }: Pick<SlackConfig, 'teamName' | 'channelName'>): string {
  return `${channelName} (${teamName})`;
}

export interface NewSlackChannel {
  readonly name: string;
  readonly config: SlackConfig;
  readonly url: string;
}

/** Stores a channel with its address sealed; `undefined` when the entity has one of that name. */
export async function insertSlackChannel(
  tx: Transaction,
  { masters, clock }: Pick<SlackRoom, 'masters' | 'clock'>,
  viewer: Viewer,
  entity: EntityPlace,
  { name, config, url }: NewSlackChannel,
): Promise<Integration | undefined> {
  const { tenantId } = entity;
  if ((await lockEntity(tx, entity.id, 'shared')) === undefined) throw notFound(`entity '${entity.name}' not found`);
  const spec = { tenantId, kind: 'slack', name, config, createdBy: viewer.userId, now: clock.now() } as const;
  const id = await insertIntegration(tx, spec);
  if (id === undefined) return undefined;
  await keepSealed(tx, id, sealSlackUrl(await tenantDataKey(tx, masters, tenantId), { tenantId, id }, url));
  const after = await integrationById(tx, id);
  await recordIntegration(tx, viewer, 'created', { ...(after && { after }), now: spec.now });
  return after;
}
