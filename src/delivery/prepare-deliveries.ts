import { z } from 'zod';
import { parseAction } from '../actions/index.ts';
import { prepareWebhook } from '../actions/prepare-webhook.ts';
import type { Instant } from '../model/clock.ts';
import type { OutgoingRequest } from '../model/exchange.ts';
import { executionId } from '../model/execution-id.ts';
import type { Json } from '../model/json.ts';
import type { ClaimedDelivery } from '../store/deliveries.ts';
import {
  type DeliveryWork,
  type FiredAutomation,
  findIntegrationConfigs,
  findNewestRevisions,
  findRevisions,
  loadDeliveryWork,
} from '../store/delivery-work.ts';
import { type Fired, type Ready, renderDelivery, type Unsent, unsent } from './render-delivery.ts';
import type { DeliveryRoom } from './room.ts';

/** What is to be done with a delivery: send it, or end its execution without sending. */
export type Prepared = Unsent | Sendable;

export interface Sendable {
  readonly kind: 'send';
  readonly request: OutgoingRequest;
  /** What this attempt rendered, to be kept with its outcome; `undefined` when an earlier one did. */
  readonly rendered: string | undefined;
}

/**
 * Decides the requests of these attempts, in one flight of statements for all. A payload is rendered once and kept
 * with the outcome; should that be lost, the same event and revision render to the same text again.
 *
 * @returns one answer for each delivery, in their order
 * @throws when the database fails
 */
export async function prepareDeliveries(
  room: DeliveryRoom,
  claimed: readonly ClaimedDelivery[],
): Promise<readonly Prepared[]> {
  const { database, clock } = room.ground;
  const [works, newest, configs] = await Promise.all([
    loadDeliveryWork(database, claimed),
    findNewestRevisions(database, [...new Set(claimed.map(({ automationId }) => automationId))]),
    findIntegrationConfigs(database, [...new Set(claimed.map(({ destinationId }) => destinationId))]),
  ]);
  const fired = await firedBy(room, claimed, works, newest);
  const urls = new Map([...configs].map(([id, config]) => [id, readUrl(config)]));
  const now = clock.now();
  return claimed.map((delivery, place) => {
    const work = works[place];
    const automation = work && fired.get(revisionKey({ ...delivery, ...work }));
    if (work === undefined || automation === undefined) return unsent('execution_incomplete');
    const ready = renderDelivery(room, delivery, work, automation, urls);
    return ready.kind === 'end' ? ready : addressed(room, delivery, ready, now);
  });
}

function addressed(room: DeliveryRoom, delivery: ClaimedDelivery, ready: Ready, now: Instant): Sendable {
  const { url, payload, isNew } = ready;
  const request = prepareWebhook({ executionId: executionId(delivery), url, payload, now, version: room.version });
  return { kind: 'send', request, rendered: isNew ? payload : undefined };
}

/** The automations of these executions, by {@link revisionKey}: few were edited since, so the rest is asked for apart. */
async function firedBy(
  room: DeliveryRoom,
  claimed: readonly ClaimedDelivery[],
  works: readonly (DeliveryWork | undefined)[],
  newest: readonly FiredAutomation[],
): Promise<ReadonlyMap<string, Fired>> {
  const fired = new Map(newest.map((automation) => [revisionKey(automation), withAction(automation)]));
  const earlier = claimed.flatMap(({ automationId }, place) => {
    const revision = works[place]?.revision;
    return revision === undefined || fired.has(revisionKey({ automationId, revision }))
      ? []
      : [{ automationId, revision }];
  });
  if (earlier.length === 0) return fired;
  const once = new Map(earlier.map((revision) => [revisionKey(revision), revision]));
  const found = await findRevisions(room.ground.database, [...once.values()]);
  return new Map([...fired, ...found.map((automation) => [revisionKey(automation), withAction(automation)] as const)]);
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
