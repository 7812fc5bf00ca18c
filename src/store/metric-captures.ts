import type { CapturedMetric } from '../events/captured-metric.ts';
import type { EventId, TenantId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import { uncleanJson } from '../model/loose-json.ts';
import type { Queryable } from './database.ts';

/** What metric events of a tenant captured of their metric, by event; those that are gone are missing. */
export async function metricCaptures(
  database: Queryable,
  tenantId: TenantId,
  events: readonly EventId[],
): Promise<ReadonlyMap<EventId, CapturedMetric>> {
  const rows = await database.query<{ eventId: EventId; metric: Json }>(
    `select event_id as "eventId", captured -> 'metric' as metric from event
      where tenant_id = $1::bigint and event_id = any($2::bigint[]) and captured ? 'metric'`,
    [tenantId, events],
  );
  return new Map(rows.map(({ eventId, metric }) => [eventId, uncleanJson(metric) as unknown as CapturedMetric]));
}
