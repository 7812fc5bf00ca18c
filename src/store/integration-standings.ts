import type { Trouble } from '../engine/webhook-health.ts';
import type { Instant } from '../model/clock.ts';
import type { IntegrationId } from '../model/ids.ts';
import type { Queryable } from './database.ts';
import type { LastDelivery } from './destination-marks.ts';

/** How an integration stands: who uses it, and how what is sent there ends. */
export interface IntegrationStanding {
  /** How many automations deliver to it, enabled or not, whoever owns them. */
  readonly automations: number;
  /** How many alert settings name it. */
  readonly alerts: number;
  /** `null` before the first. */
  readonly lastDelivery: LastDelivery | null;
  /** Executions that failed since one was delivered; `null` while it works. */
  readonly failing: Trouble | null;
  /** Before which its receiver asked for nothing more; `null` when it did not. */
  readonly heldUntil: Instant | null;
}

interface Row extends Pick<IntegrationStanding, 'automations' | 'alerts' | 'heldUntil'> {
  readonly id: IntegrationId;
  readonly lastAt: Instant | null;
  readonly lastOutcome: LastDelivery['outcome'] | null;
  readonly lastStatus: LastDelivery['status'];
  readonly lastFault: LastDelivery['fault'];
  readonly since: Instant | null;
  readonly failed: number | null;
}

/** How each of these integrations stands. */
export async function integrationStandings(
  database: Queryable,
  ids: readonly IntegrationId[],
): Promise<ReadonlyMap<IntegrationId, IntegrationStanding>> {
  const rows = await database.query<Row>(
    `select destination.id, uses.automations, uses.alerts, destination.open_at as "heldUntil",
       destination.last_at as "lastAt", destination.last_outcome as "lastOutcome",
       destination.last_status as "lastStatus", destination.last_fault as "lastFault", trouble.since, trouble.failed
     from destination
     left join integration_trouble trouble on trouble.integration_id = destination.id
     cross join lateral (
       select count(*) filter (where alert_topic is null)::int as automations,
         count(*) filter (where alert_topic is not null and automation.enabled)::int as alerts
       from automation join entity on entity.id = automation.tenant_id and entity.deleted_at is null
       where automation.definition -> 'action' ->> 'integrationId' = destination.id::text
         and automation.deleted_at is null
     ) uses
     where destination.id = any($1::bigint[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, toStanding(row)]));
}

function toStanding({ automations, alerts, heldUntil, since, failed, ...row }: Row): IntegrationStanding {
  const { lastAt, lastOutcome, lastStatus, lastFault } = row;
  return {
    automations,
    alerts,
    heldUntil,
    lastDelivery:
      lastAt === null || lastOutcome === null
        ? null
        : { at: lastAt, outcome: lastOutcome, status: lastStatus, fault: lastFault },
    failing: since === null || failed === null ? null : { since, failed },
  };
}
