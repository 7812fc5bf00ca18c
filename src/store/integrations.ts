import type { Instant } from '../model/clock.ts';
import type { EntityId, IntegrationId, TenantId, UserId } from '../model/ids.ts';
import type { IntegrationKind } from '../model/integration-kind.ts';
import type { JsonObject } from '../model/json.ts';
import type { Place } from '../model/viewer.ts';
import type { Queryable, Transaction } from './database.ts';

/** An outlet of an entity, and where it stands. */
export interface Integration extends Place {
  readonly id: IntegrationId;
  readonly tenantId: TenantId;
  readonly rootId: EntityId;
  readonly visibility: undefined;
  readonly entityName: string;
  readonly kind: IntegrationKind;
  readonly name: string;
  /** As its kind reads it; secrets by name only. */
  readonly config: JsonObject;
  readonly createdAt: Instant;
  /** Since when nothing is delivered to it; `null` while it is enabled. */
  readonly disabledAt: Instant | null;
  readonly disabledReason: string | null;
  /** Since when its receiver takes nothing until a person acts; `null` while nothing is known of that. */
  readonly brokenAt: Instant | null;
  readonly brokenReason: string | null;
}

type Row = Omit<Integration, 'visibility'>;

const SELECT = `select integration.id, integration.tenant_id as "tenantId", entity.root_id as "rootId",
  entity.name as "entityName", integration.kind, integration.name, integration.config,
  integration.created_at as "createdAt", integration.disabled_at as "disabledAt",
  integration.disabled_reason as "disabledReason", integration.broken_at as "brokenAt",
  integration.broken_reason as "brokenReason"
  from integration join entity on entity.id = integration.tenant_id`;

const LIVING = 'integration.deleted_at is null and entity.deleted_at is null';

export interface NewIntegration {
  readonly tenantId: TenantId;
  readonly kind: IntegrationKind;
  readonly name: string;
  readonly config: JsonObject;
  readonly createdBy: UserId;
  readonly now: Instant;
}

/**
 * Makes an integration and its destination, by which deliveries are queued, under the same id; `undefined` when
 * the entity has one of that kind and name.
 */
export async function insertIntegration(
  tx: Transaction,
  integration: NewIntegration,
): Promise<IntegrationId | undefined> {
  const [row] = await tx.query<{ id: IntegrationId }>(
    `with made as (
       insert into integration (tenant_id, kind, name, config, created_by, created_at)
       values ($1::bigint, $2::text, $3::text, $4::jsonb, $5::bigint, to_timestamp($6::float8 / 1000))
       on conflict do nothing
       returning id, tenant_id
     ), queue as (
       insert into destination (id, tenant_id) select id, tenant_id from made
     )
     select id from made`,
    [
      integration.tenantId,
      integration.kind,
      integration.name,
      JSON.stringify(integration.config),
      integration.createdBy,
      integration.now,
    ],
  );
  return row?.id;
}

export async function integrationById(database: Queryable, id: IntegrationId): Promise<Integration | undefined> {
  const [row] = await database.query<Row>(`${SELECT} where integration.id = $1::bigint and ${LIVING}`, [id]);
  return row && asPlace(row);
}

/**
 * Locks an integration until the transaction ends; `undefined` when it does not live any more. Whoever chooses it for
 * an automation locks it `shared`, whoever changes it `alone`: so no automation comes to use one that is being deleted.
 * After the rulebook.
 */
export async function lockIntegration(
  tx: Transaction,
  id: IntegrationId,
  how: 'shared' | 'alone',
): Promise<Integration | undefined> {
  const [row] = await tx.query<Row>(
    `${SELECT} where integration.id = $1::bigint and ${LIVING}
     for ${how === 'shared' ? 'share' : 'no key update'} of integration`,
    [id],
  );
  return row && asPlace(row);
}

/** Integrations of an entity, oldest first, after the one that the page before ended with. */
export async function listIntegrations(
  database: Queryable,
  page: { tenantId: TenantId; after: IntegrationId | null; limit: number },
): Promise<Integration[]> {
  const rows = await database.query<Row>(
    `${SELECT} where integration.tenant_id = $1::bigint and ${LIVING}
       and ($2::bigint is null or integration.id > $2::bigint)
     order by integration.id limit $3::int`,
    [page.tenantId, page.after, page.limit],
  );
  return rows.map(asPlace);
}

/** The channel of an entity that Slack calls by these ids. */
export async function slackChannel(
  database: Queryable,
  tenantId: TenantId,
  { teamId, channelId }: { readonly teamId: string; readonly channelId: string },
): Promise<Integration | undefined> {
  const [row] = await database.query<Row>(
    `${SELECT} where integration.tenant_id = $1::bigint and integration.kind = 'slack' and ${LIVING}
       and integration.config ->> 'teamId' = $2::text and integration.config ->> 'channelId' = $3::text
     order by integration.id limit 1`,
    [tenantId, teamId, channelId],
  );
  return row && asPlace(row);
}

function asPlace(row: Row): Integration {
  return { ...row, visibility: undefined };
}
