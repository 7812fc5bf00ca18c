import type { AlertTopic } from '../events/alert-topic.ts';
import type { AutomationId, EntityId, IntegrationId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { Queryable } from './database.ts';

/** One way that alerts of an entity go: an automation that no rulebook holds. */
export interface AlertRoute {
  readonly entityId: EntityId;
  readonly topic: AlertTopic;
  readonly automationId: AutomationId;
  readonly revision: number;
  readonly action: Json;
}

/** Where alerts of these entities about these topics go, oldest first. */
export function alertRoutes(
  database: Queryable,
  entityIds: readonly EntityId[],
  topics: readonly AlertTopic[],
): Promise<AlertRoute[]> {
  return database.query<AlertRoute>(
    `select tenant_id as "entityId", alert_topic as topic, id as "automationId", revision,
       definition -> 'action' as action
     from automation
     where tenant_id = any($1::bigint[]) and alert_topic = any($2::text[]) and enabled and deleted_at is null
     order by id`,
    [entityIds, topics],
  );
}

/** Alerts of an entity that go to an integration. */
export interface AlertUse extends AlertRoute {
  readonly rootId: EntityId;
  readonly entityName: string;
}

const ALERT_USES = `select automation.tenant_id as "entityId", automation.root_id as "rootId", entity.name as "entityName",
    automation.alert_topic as topic, automation.id as "automationId", automation.revision,
    automation.definition -> 'action' as action
  from automation join entity on entity.id = automation.tenant_id and entity.deleted_at is null
  where automation.alert_topic is not null and automation.enabled and automation.deleted_at is null`;

/** The alerts that go to an integration, oldest first, whoever is told there. */
export function alertsUsing(database: Queryable, id: IntegrationId): Promise<AlertUse[]> {
  return database.query<AlertUse>(
    `${ALERT_USES} and automation.definition -> 'action' ->> 'integrationId' = $1::text order by automation.id`,
    [id],
  );
}

/** The alerts that go to an integration of an entity or of one under it, oldest first; deleted integrations count too. */
export function alertsInto(database: Queryable, { id }: { readonly id: EntityId }): Promise<AlertUse[]> {
  return database.query<AlertUse>(
    `${ALERT_USES} and automation.definition -> 'action' ->> 'integrationId' in (
       select integration.id::text from integration join entity owner on owner.id = integration.tenant_id
       where owner.id = $1::bigint or owner.root_id = $1::bigint)
     order by automation.id`,
    [id],
  );
}

/** Where alerts about a run go: the ways of its team first, then those of its author. */
export function alertRoutesOfRun(
  database: Queryable,
  run: { readonly tenantId: EntityId; readonly username: string },
  topics: readonly AlertTopic[],
): Promise<AlertRoute[]> {
  return database.query<AlertRoute>(
    `select automation.tenant_id as "entityId", automation.alert_topic as topic, automation.id as "automationId",
       automation.revision, automation.definition -> 'action' as action
     from automation
     where automation.tenant_id in ($1::bigint, (select entity_id from app_user where username = $2::text and deleted_at is null))
       and automation.alert_topic = any($3::text[]) and automation.enabled and automation.deleted_at is null
     order by automation.tenant_id = $1::bigint desc, automation.id`,
    [run.tenantId, run.username, topics],
  );
}
