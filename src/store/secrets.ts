import type { Instant } from '../model/clock.ts';
import type { AutomationId, TenantId, UserId } from '../model/ids.ts';
import type { SecretAccess, SecretAccessPatch } from '../model/secret-access.ts';
import type { Queryable, Transaction } from './database.ts';

/** What may be shown of a secret: never its value. */
export interface Secret {
  readonly tenantId: TenantId;
  readonly name: string;
  /** 1, and one more with each rotation. */
  readonly version: number;
  readonly createdAt: Instant;
  /** User names. */
  readonly createdBy: string | null;
  readonly rotatedAt: Instant | null;
  readonly rotatedBy: string | null;
  readonly lastUsedAt: Instant | null;
  /** Until when the value before the last rotation signs too. */
  readonly previousUntil: Instant | null;
  readonly access: SecretAccess;
  /** Webhooks that name it, by name. */
  readonly usedBy: readonly string[];
  /** Automations that deliver to these. */
  readonly automations: readonly SecretUser[];
}

/** An automation that depends on a secret. */
export interface SecretUser {
  readonly id: AutomationId;
  readonly name: string;
  /** Name of the entity that it belongs to: webhooks serve others of their organization too. */
  readonly entity: string;
}

export interface SecretWrite {
  readonly tenantId: TenantId;
  readonly name: string;
  readonly sealed: Uint8Array;
  readonly by: UserId;
  readonly now: Instant;
}

/** Stores a secret; `false` when the entity has one of that name. */
export async function insertSecret(tx: Transaction, secret: SecretWrite): Promise<boolean> {
  const inserted = await tx.execute(
    `insert into secret (tenant_id, name, sealed, created_by, created_at)
     values ($1::bigint, $2::text, $3::bytea, $4::bigint, to_timestamp($5::float8 / 1000))
     on conflict do nothing`,
    [secret.tenantId, secret.name, secret.sealed, secret.by, secret.now],
  );
  return inserted === 1;
}

/**
 * Replaces the value of a secret; `false` when the entity has none of that name.
 *
 * @param secret.previousUntil until when the value so far is kept beside the new one; `null` drops it at once
 */
export async function replaceSecret(
  tx: Transaction,
  secret: SecretWrite & { readonly previousUntil: Instant | null },
): Promise<boolean> {
  const replaced = await tx.execute(
    `update secret set sealed = $3::bytea, version = version + 1, rotated_by = $4::bigint,
       rotated_at = to_timestamp($5::float8 / 1000),
       previous = case when $6::float8 is null then null else sealed end,
       previous_until = to_timestamp($6::float8 / 1000)
     where tenant_id = $1::bigint and name = $2::text`,
    [secret.tenantId, secret.name, secret.sealed, secret.by, secret.now, secret.previousUntil],
  );
  return replaced === 1;
}

/**
 * Changes which features may read a secret; what is absent stays.
 *
 * @returns how it was before; `undefined` when there is no such secret
 */
export async function changeAccess(
  tx: Transaction,
  { tenantId, name }: Pick<SecretWrite, 'tenantId' | 'name'>,
  { webhooks, headerTemplates }: SecretAccessPatch,
): Promise<SecretAccess | undefined> {
  const [before] = await tx.query<SecretAccess>(
    `with before as (
       select tenant_id, name, for_webhooks, for_header_templates from secret
        where tenant_id = $1::bigint and name = $2::text for no key update
     )
     update secret set for_webhooks = coalesce($3::boolean, before.for_webhooks),
       for_header_templates = coalesce($4::boolean, before.for_header_templates)
       from before where secret.tenant_id = before.tenant_id and secret.name = before.name
     returning before.for_webhooks as webhooks, before.for_header_templates as "headerTemplates"`,
    [tenantId, name, webhooks ?? null, headerTemplates ?? null],
  );
  return before;
}

/** Removes a secret for good; `false` when there is none. */
export async function removeSecret(tx: Transaction, tenantId: TenantId, name: string): Promise<boolean> {
  return (
    (await tx.execute('delete from secret where tenant_id = $1::bigint and name = $2::text', [tenantId, name])) === 1
  );
}

/** The webhooks that name a secret. */
const USERS = `from integration
      where integration.tenant_id = secret.tenant_id and integration.kind = 'webhook'
        and integration.deleted_at is null
        and (integration.config ->> 'accessTokenRef' = secret.name or integration.config ->> 'secretRef' = secret.name
          or integration.config -> 'secretRefs' ? secret.name)`;

const SELECT = `select secret.tenant_id as "tenantId", secret.name, secret.version, secret.created_at as "createdAt",
    creator.username as "createdBy", secret.rotated_at as "rotatedAt", rotator.username as "rotatedBy",
    secret.last_used_at as "lastUsedAt", secret.previous_until as "previousUntil",
    json_build_object('webhooks', secret.for_webhooks, 'headerTemplates', secret.for_header_templates) as access,
    array(select integration.name ${USERS} order by integration.name) as "usedBy",
    (select coalesce(json_agg(json_build_object('id', automation.id::text, 'name', automation.name,
        'entity', entity.name) order by automation.id), '[]'::json)
      from automation join entity on entity.id = automation.tenant_id and entity.deleted_at is null
      where automation.deleted_at is null and automation.definition -> 'action' ->> 'integrationId' in
        (select integration.id::text ${USERS})) as automations
  from secret
  left join app_user creator on creator.id = secret.created_by
  left join app_user rotator on rotator.id = secret.rotated_by`;

export async function secretByName(database: Queryable, tenantId: TenantId, name: string): Promise<Secret | undefined> {
  const [row] = await database.query<Secret>(
    `${SELECT} where secret.tenant_id = $1::bigint and secret.name = $2::text`,
    [tenantId, name],
  );
  return row;
}

/** Secrets of an entity by name, after the one that the page before ended with. */
export function listSecrets(
  database: Queryable,
  page: { readonly tenantId: TenantId; readonly after: string | null; readonly limit: number },
): Promise<Secret[]> {
  return database.query<Secret>(
    `${SELECT} where secret.tenant_id = $1::bigint and ($2::text is null or secret.name > $2::text)
     order by secret.name limit $3::int`,
    [page.tenantId, page.after, page.limit],
  );
}
