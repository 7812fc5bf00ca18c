import { parseAction } from '../actions/index.ts';
import type { ClaimedDelivery } from '../store/deliveries.ts';
import {
  type DeliveryWork,
  type FiredAutomation,
  findNewestRevisions,
  findRevisions,
  loadDeliveryWork,
} from '../store/delivery-work.ts';
import { openDestinations } from './open-destinations.ts';
import { type Fired, type Prepared, renderDelivery, unsent } from './render-delivery.ts';
import type { DeliveryRoom } from './room.ts';

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
  const { database } = room.ground;
  const [works, newest, destinations] = await Promise.all([
    loadDeliveryWork(database, claimed),
    findNewestRevisions(database, [...new Set(claimed.map(({ automationId }) => automationId))]),
    openDestinations(room, [...new Set(claimed.map(({ destinationId }) => destinationId))]),
  ]);
  const fired = await firedBy(room, claimed, works, newest);
  return claimed.map((delivery, place) => {
    const work = works[place];
    const automation = work && fired.get(revisionKey({ ...delivery, ...work }));
    if (work === undefined || automation === undefined) return unsent('execution_incomplete');
    return renderDelivery(room, { delivery, work, automation }, destinations);
  });
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
