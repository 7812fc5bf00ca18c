import { permits } from '../access/permits.ts';
import type { Instant } from '../model/clock.ts';
import { invalid } from '../model/error.ts';
import type { IntegrationId } from '../model/ids.ts';
import type { Place, Viewer } from '../model/viewer.ts';
import { recordDeed } from '../store/audit.ts';
import type { Queryable } from '../store/database.ts';
import { automationsCalled } from '../store/execution-reads.ts';
import { integrationById } from '../store/integrations.ts';
import { findRedeliverable, type Redeliverable } from '../store/redeliverable.ts';
import { reviveExecutions } from '../store/revivals.ts';
import type { SteeringRoom } from './retry-execution.ts';
import { steeringFacts } from './steered-execution.ts';

/** Statuses from which executions are delivered again in bulk. */
export const REDELIVERED_FROM = ['failed', 'cancelled', 'skipped'] as const;

/** Which executions to deliver again; `null` is any. */
export interface RedeliveryFilter {
  readonly statuses: readonly (typeof REDELIVERED_FROM)[number][];
  readonly reason: string | null;
  /** Id or name. */
  readonly automation: string | null;
  readonly integrationId: IntegrationId | null;
  /** Events from an instant on, and before another. */
  readonly from: Instant | null;
  readonly to: Instant | null;
}

export interface Redelivery {
  /** Executions that match and that the viewer may steer; those of deleted automations and disabled webhooks do not. */
  readonly count: number;
  /** Whether there may be more than one call delivers. */
  readonly more: boolean;
}

/** Executions of one call. */
export const MOST_REDELIVERED = 1000;

/** How many executions {@link redeliver} would deliver again. @throws TriplineError invalid as it does */
export async function countRedeliverable(
  database: Queryable,
  viewer: Viewer,
  entity: Place,
  filter: RedeliveryFilter,
): Promise<Redelivery> {
  const { own, more } = await steerable(database, viewer, entity, filter);
  return { count: own.length, more };
}

/**
 * Delivers again what failed, was cancelled or skipped, each with its own id and its payload as first rendered
 * (automations, section 4.6); at most {@link MOST_REDELIVERED} of an entity at a time, oldest first.
 *
 * @param entity one that the viewer may see
 * @throws TriplineError invalid for an automation or integration that does not exist
 */
export async function redeliver(
  { ground, woken }: SteeringRoom,
  viewer: Viewer,
  entity: Place,
  filter: RedeliveryFilter,
): Promise<Redelivery> {
  const { database, clock } = ground;
  const { own, more } = await steerable(database, viewer, entity, filter);
  if (own.length === 0) return { count: 0, more };
  const revived = await database.transaction(async (tx) => {
    const now = clock.now();
    const pending = await reviveExecutions(tx, own, { from: filter.statuses, urgent: false, now });
    const subject = { kind: 'executions', id: entity.tenantId, name: 'redelivery' };
    const after = { count: pending.length, filter: { ...filter } };
    await recordDeed(tx, viewer, { now, tenantId: entity.tenantId, deed: 'executions.redelivered', subject, after });
    return pending;
  });
  woken([...new Set(own.map(({ destinationId }) => destinationId))]);
  return { count: revived.length, more };
}

async function steerable(
  database: Queryable,
  viewer: Viewer,
  entity: Place,
  { automation, ...filter }: RedeliveryFilter,
): Promise<{ own: readonly Redeliverable[]; more: boolean }> {
  const { tenantId, rootId, membersManageAutomations } = entity;
  const automationIds = automation === null ? null : await automationsCalled(database, entity, automation);
  if (automationIds?.length === 0) throw invalid(`there is no automation '${automation}' here`, 'automation');
  const { integrationId } = filter;
  if (integrationId !== null && (await integrationById(database, integrationId)) === undefined) {
    throw invalid(`there is no integration ${integrationId}`, 'integration');
  }
  const found = await findRedeliverable(database, { ...filter, tenantId, automationIds, limit: MOST_REDELIVERED });
  const own = found.filter((execution) => {
    const { visibility, registryId } = execution;
    const place = { tenantId, rootId, visibility: visibility ?? undefined, registryId, membersManageAutomations };
    return permits(viewer, 'steer_execution', place, steeringFacts(viewer, execution));
  });
  return { own, more: own.length > 0 && found.length === MOST_REDELIVERED };
}
