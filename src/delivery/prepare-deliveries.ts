import { z } from 'zod';
import { parseAction } from '../actions/index.ts';
import { prepareWebhook } from '../actions/prepare-webhook.ts';
import type { OutgoingRequest } from '../model/exchange.ts';
import { executionId } from '../model/execution-id.ts';
import type { Json } from '../model/json.ts';
import type { ClaimedDelivery } from '../store/deliveries.ts';
import {
  type DeliveryWork,
  type FiredAutomation,
  findFiredAutomations,
  findIntegrationConfigs,
  keepPayloads,
  loadDeliveryWork,
} from '../store/delivery-work.ts';
import { type Fired, type Ready, renderDelivery, type Unsent, unsent } from './render-delivery.ts';
import type { DeliveryRoom } from './room.ts';

/** What is to be done with a delivery: send it, or end its execution without sending. */
export type Prepared = Unsent | { readonly kind: 'send'; readonly request: OutgoingRequest };

/**
 * Decides the requests of these attempts, in a few statements for all. Payloads are rendered once and kept.
 *
 * @returns one answer for each delivery, in their order
 * @throws when the database fails
 */
export async function prepareDeliveries(
  room: DeliveryRoom,
  claimed: readonly ClaimedDelivery[],
): Promise<readonly Prepared[]> {
  const { database } = room.ground;
  const [works, configs] = await Promise.all([
    loadDeliveryWork(database, claimed),
    findIntegrationConfigs(database, [...new Set(claimed.map(({ destinationId }) => destinationId))]),
  ]);
  const fired = await firedBy(room, claimed, works);
  const urls = new Map([...configs].map(([id, config]) => [id, readUrl(config)]));
  const rendered = claimed.map((delivery, place) => {
    const work = works[place];
    const automation = work && fired.get(revisionKey({ ...delivery, ...work }));
    if (work === undefined || automation === undefined) return unsent('execution_incomplete');
    return renderDelivery(room, delivery, work, automation, urls);
  });
  return keepAndAddress(room, claimed, rendered);
}

/** The automations of these executions, by {@link revisionKey}. */
async function firedBy(
  room: DeliveryRoom,
  claimed: readonly ClaimedDelivery[],
  works: readonly (DeliveryWork | undefined)[],
): Promise<ReadonlyMap<string, Fired>> {
  const revisions = claimed.flatMap(({ automationId }, place) => {
    const work = works[place];
    return work === undefined ? [] : [{ automationId, revision: work.revision }];
  });
  const once = new Map(revisions.map((revision) => [revisionKey(revision), revision]));
  const found = await findFiredAutomations(room.ground.database, [...once.values()]);
  return new Map(found.map((automation) => [revisionKey(automation), withAction(automation)]));
}

/** Keeps the payloads that are new, and makes the requests of those that are ready. */
async function keepAndAddress(
  room: DeliveryRoom,
  claimed: readonly ClaimedDelivery[],
  rendered: readonly (Ready | Unsent)[],
): Promise<readonly Prepared[]> {
  const { database, clock } = room.ground;
  const fresh = claimed.flatMap((key, place) => {
    const each = rendered[place];
    return each?.kind === 'ready' && each.isNew ? [{ key, payload: each.payload }] : [];
  });
  const kept = fresh.length === 0 ? [] : await keepPayloads(database, fresh);
  const keptOf = new Map(fresh.map(({ key }, place) => [key, kept[place]]));
  const now = clock.now();
  return claimed.map((delivery, place) => {
    const each = rendered[place] ?? unsent('execution_incomplete');
    if (each.kind === 'end') return each;
    const payload = keptOf.get(delivery) ?? each.payload;
    const { url } = each;
    const request = prepareWebhook({ executionId: executionId(delivery), url, payload, now, version: room.version });
    return { kind: 'send', request };
  });
}

function revisionKey({ automationId, revision }: Pick<FiredAutomation, 'automationId' | 'revision'>): string {
  return `${automationId}:${revision}`;
}

function withAction(automation: FiredAutomation): Fired {
  try {
    return { ...automation, read: parseAction(automation.action) };
  } catch {
    return { ...automation, read: undefined };
  }
}

/** What delivery reads of a webhook's settings; access token and secret are names that the signers look up. */
const webhookConfig = z.object({ url: z.url({ protocol: /^https?$/ }) });

function readUrl(config: Json): string | undefined {
  return webhookConfig.safeParse(config).data?.url;
}
