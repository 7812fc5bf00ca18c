import { readWebhookConfig, secretsOf, type WebhookConfig } from '../actions/webhook-config.ts';
import type { IntegrationId } from '../model/ids.ts';
import { createMasker, type Masker } from '../secrets/mask.ts';
import { type FindOpened, openSecrets } from '../secrets/open-secrets.ts';
import { findDestinations, type StoredDestination } from '../store/delivery-work.ts';
import type { ClosedDestination } from './closed-destination.ts';
import { type OpenSlack, openSlack } from './open-slack.ts';
import { type OpenWebhook, openWebhook } from './open-webhook.ts';
import type { DeliveryRoom } from './room.ts';

/** An integration with its secrets opened. Never log or keep it. */
export type OpenDestination = OpenWebhook | OpenSlack;

/** Those integrations that were not deleted. */
export type Destinations = ReadonlyMap<IntegrationId, OpenDestination | ClosedDestination>;

/** Reads integrations as they stand now, and opens their secrets. @throws when the database fails */
export async function openDestinations(
  room: Pick<DeliveryRoom, 'ground' | 'secrets'>,
  ids: readonly IntegrationId[],
): Promise<Destinations> {
  const stored = await findDestinations(room.ground.database, ids);
  const [webhooks, channels] = await Promise.all([openWebhooks(room, stored), openChannels(room, stored)]);
  return new Map([...webhooks, ...channels]);
}

type Found = readonly [IntegrationId, OpenDestination | ClosedDestination];

async function openWebhooks(
  room: Pick<DeliveryRoom, 'secrets'>,
  stored: readonly StoredDestination[],
): Promise<Found[]> {
  const webhooks = stored
    .filter(({ kind }) => kind === 'webhook')
    .map((each) => ({ ...each, read: readWebhookConfig(each.config) }));
  const wanted = webhooks.flatMap(({ tenantId, read }) =>
    read === undefined ? [] : { tenantId, names: secretsOf(read) },
  );
  const opened = await openSecrets(room.secrets, wanted);
  const maskerOf = sharedMaskers();
  return webhooks.map((each) => [each.id, openOne(each, each.read, opened, maskerOf)]);
}

function openOne(
  { tenantId, disabled }: StoredDestination,
  config: WebhookConfig | undefined,
  opened: FindOpened,
  maskerOf: (values: readonly string[]) => Masker,
): OpenWebhook | ClosedDestination {
  if (disabled) return { kind: 'disabled', reason: 'webhook_disabled' };
  return config === undefined ? { kind: 'unreadable' } : openWebhook(tenantId, config, opened, maskerOf);
}

/** Webhooks of a batch that have their secrets in common have the masker in common, which is dear to make. */
function sharedMaskers(): (values: readonly string[]) => Masker {
  const made = new Map<string, Masker>();
  return (values) => {
    const key = JSON.stringify(values);
    const masker = made.get(key) ?? createMasker(values);
    made.set(key, masker);
    return masker;
  };
}

async function openChannels(
  { secrets }: Pick<DeliveryRoom, 'secrets'>,
  stored: readonly StoredDestination[],
): Promise<Found[]> {
  const channels = stored.filter(({ kind }) => kind === 'slack');
  if (channels.length === 0) return [];
  const keys = await secrets.dataKeys.of([...new Set(channels.map(({ tenantId }) => tenantId))]);
  return channels.map((each) => [
    each.id,
    each.disabled ? { kind: 'disabled', reason: 'channel_disabled' } : openSlack(each, keys),
  ]);
}
