import type { ScopeKind } from '../events/kind.ts';
import type { Instant } from '../model/clock.ts';
import type { ExecutionKey } from '../model/execution-id.ts';
import type { AutomationId, IntegrationId, TenantId } from '../model/ids.ts';
import type { IntegrationKind } from '../model/integration-kind.ts';
import type { Json } from '../model/json.ts';
import { ESTRANGED } from './belonging.ts';
import type { Queryable, Transaction } from './database.ts';
import { EXECUTION_KEYS, executionKeys } from './execution-keys.ts';

/** What an execution brings to its request. */
export interface DeliveryWork {
  /** Of the automation, as it stood at the match. */
  readonly revision: number;
  readonly occurredAt: Instant;
  /** As `encodeCaptured` wrote it. */
  readonly captured: Json;
  /** As first rendered; `null` before the first attempt. */
  readonly payload: string | null;
}

/** Reads what executions bring, in the order asked for; `undefined` of those that are gone. */
export async function loadDeliveryWork(
  database: Queryable,
  keys: readonly ExecutionKey[],
): Promise<(DeliveryWork | undefined)[]> {
  const rows = await database.query<DeliveryWork & { readonly place: number }>(
    `select wanted.place::int - 1 as place, execution.revision, event.occurred_at as "occurredAt",
       event.captured, detail.payload
     from ${EXECUTION_KEYS}) with ordinality as wanted(tenant_id, event_id, automation_id, ask, place)
     join execution using (tenant_id, event_id, automation_id, ask)
     join execution_detail detail using (tenant_id, event_id, automation_id, ask)
     join event using (tenant_id, event_id)`,
    executionKeys(keys),
  );
  const found = new Map(rows.map((row) => [row.place, row]));
  return keys.map((_, place) => found.get(place));
}

/** An automation as it stood at a match, and what has become of it. */
export interface FiredAutomation {
  readonly automationId: AutomationId;
  readonly revision: number;
  readonly name: string;
  readonly action: Json;
  readonly scopeKind: ScopeKind;
  readonly scopeId: string;
  readonly scopeName: string;
  readonly deleted: boolean;
  /** Its integration is another one's, and the person between them does not belong to both any more. */
  readonly estranged: boolean;
  /** It is where alerts go, and no automation. */
  readonly isAlert: boolean;
}

const FIRED = `select revision.automation_id as "automationId", revision.revision, revision.name,
    revision.definition -> 'action' as action, revision.scope_kind as "scopeKind",
    revision.scope_id as "scopeId", coalesce(collection.name, project.name, entity.name, '') as "scopeName",
    automation.deleted_at is not null as deleted, ${ESTRANGED} as estranged,
    automation.alert_topic is not null as "isAlert"
  from automation
  join automation_revision revision on revision.automation_id = automation.id
  left join project on revision.scope_kind = 'project' and project.id = revision.scope_id
  left join entity on revision.scope_kind = 'entity' and entity.id = revision.scope_id
  left join collection on revision.scope_kind = 'collection' and collection.tenant_id = automation.tenant_id
    and collection.collection_id = revision.scope_id
  left join integration on integration.id = (revision.definition -> 'action' ->> 'integrationId')::bigint`;

/** Automations as they stand now. */
export async function findNewestRevisions(
  database: Queryable,
  ids: readonly AutomationId[],
): Promise<FiredAutomation[]> {
  return database.query<FiredAutomation>(
    `${FIRED} where automation.id = any($1::bigint[]) and revision.revision = automation.revision`,
    [ids],
  );
}

/** Automations as they stood. */
export async function findRevisions(
  database: Queryable,
  fired: readonly Pick<FiredAutomation, 'automationId' | 'revision'>[],
): Promise<FiredAutomation[]> {
  return database.query<FiredAutomation>(
    `${FIRED} where (automation.id, revision.revision) in (select * from unnest($1::bigint[], $2::int[]))`,
    [fired.map(({ automationId }) => automationId), fired.map(({ revision }) => revision)],
  );
}

/** An integration as deliveries find it. */
export interface StoredDestination {
  readonly id: IntegrationId;
  readonly tenantId: TenantId;
  readonly kind: IntegrationKind;
  readonly config: Json;
  /** Of its own; secrets that it names lie elsewhere. */
  readonly sealed: Uint8Array | null;
  readonly disabled: boolean;
}

/** Those integrations that live, and whose entity does. */
export function findDestinations(database: Queryable, ids: readonly IntegrationId[]): Promise<StoredDestination[]> {
  return database.query<StoredDestination>(
    `select integration.id, integration.tenant_id as "tenantId", integration.kind, integration.config, integration.sealed,
       integration.disabled_at is not null as disabled
     from integration join entity on entity.id = integration.tenant_id
     where integration.id = any($1::bigint[]) and integration.deleted_at is null and entity.deleted_at is null`,
    [ids],
  );
}

export interface RenderedPayload {
  readonly key: ExecutionKey;
  readonly payload: string;
}

/** Keeps payloads as first rendered, so that every later attempt sends the same bytes. */
export async function keepPayloads(tx: Transaction, rendered: readonly RenderedPayload[]): Promise<void> {
  await tx.execute(
    `update execution_detail set payload = made.payload
       from ${EXECUTION_KEYS}, $5::text[]) as made(tenant_id, event_id, automation_id, ask, payload)
      where execution_detail.tenant_id = made.tenant_id and execution_detail.event_id = made.event_id
        and execution_detail.automation_id = made.automation_id and execution_detail.ask = made.ask
        and execution_detail.payload is null`,
    [...executionKeys(rendered.map(({ key }) => key)), rendered.map(({ payload }) => payload)],
  );
}
