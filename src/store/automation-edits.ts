import type { AlertTopic } from '../events/alert-topic.ts';
import type { Instant } from '../model/clock.ts';
import type { AutomationId, EntityId, TenantId, UserId } from '../model/ids.ts';
import { cleanJson } from '../model/loose-json.ts';
import type { AutomationRecord } from './automations.ts';
import type { Transaction } from './database.ts';
import { nextRulebookVersion } from './rulebook.ts';

/** Everything of an automation that an edit may change. */
export type AutomationContent = Pick<
  AutomationRecord,
  'tenantId' | 'scopeKind' | 'scopeId' | 'name' | 'description' | 'enabled' | 'definition'
>;

/** An automation to be made, with the alerts that go through it when no rulebook holds it. */
export interface NewAutomation extends AutomationContent {
  readonly alertTopic?: AlertTopic;
}

/** Who edits, when, under which version of the rulebook (see {@link nextRulebookVersion}). */
export interface Edit {
  readonly rulebookVersion: string;
  readonly by: UserId;
  readonly now: Instant;
}

/** Makes an automation with its first revision; `undefined` when the scope has one of that name. */
export async function insertAutomation(
  tx: Transaction,
  rootId: EntityId,
  content: NewAutomation,
  edit: Edit,
): Promise<AutomationId | undefined> {
  const [row] = await tx.query<{ id: AutomationId }>(
    `insert into automation
       (root_id, tenant_id, scope_kind, scope_id, name, description, enabled, definition, revision,
        condition_revision, rulebook_version, created_by, created_at, alert_topic)
     values ($1::bigint, $2::bigint, $3::text, $4::bigint, $5::text, $6::text, $7::boolean, $8::json, 1, 1,
             $9::bigint, $10::bigint, to_timestamp($11::float8 / 1000), $12::text)
     on conflict do nothing
     returning id`,
    [rootId, ...columnsOf(content), edit.rulebookVersion, edit.by, edit.now, content.alertTopic ?? null],
  );
  if (row === undefined) return undefined;
  await insertRevision(tx, row.id, 1, content, edit);
  tellAutomation(tx, content.tenantId, row.id);
  return row.id;
}

/**
 * Replaces the content of an automation and keeps it as a new revision.
 *
 * @throws DatabaseError 23505 when the scope has another one of that name
 */
export async function updateAutomation(
  tx: Transaction,
  id: AutomationId,
  change: { content: AutomationContent; revision: number; conditionRevision: number },
  edit: Edit,
): Promise<void> {
  await tx.execute(
    `update automation
     set tenant_id = $2::bigint, scope_kind = $3::text, scope_id = $4::bigint, name = $5::text,
         description = $6::text, enabled = $7::boolean, definition = $8::json, revision = $9::int,
         condition_revision = $10::int, rulebook_version = $11::bigint, updated_at = to_timestamp($12::float8 / 1000)
     where id = $1::bigint`,
    [id, ...columnsOf(change.content), change.revision, change.conditionRevision, edit.rulebookVersion, edit.now],
  );
  await insertRevision(tx, id, change.revision, change.content, edit);
  tellAutomation(tx, change.content.tenantId, id);
}

/** Changes whose an automation is, and nothing that any node caches; `false` when it is deleted. */
export async function updateAuthor(tx: Transaction, id: AutomationId, author: UserId): Promise<boolean> {
  const [updated] = await tx.query<{ tenantId: TenantId }>(
    `update automation set created_by = $2::bigint where id = $1::bigint and deleted_at is null
     returning tenant_id as "tenantId"`,
    [id, author],
  );
  if (updated !== undefined) tellAutomation(tx, updated.tenantId, id);
  return updated !== undefined;
}

/** Leaves a tombstone, so that every node drops the automation; `false` when it is deleted already. */
export async function markAutomationDeleted(tx: Transaction, id: AutomationId, edit: Edit): Promise<boolean> {
  const [marked] = await tx.query<{ tenantId: TenantId }>(
    `update automation
     set deleted_at = to_timestamp($2::float8 / 1000), rulebook_version = $3::bigint
     where id = $1::bigint and deleted_at is null
     returning tenant_id as "tenantId"`,
    [id, edit.now, edit.rulebookVersion],
  );
  if (marked !== undefined) tellAutomation(tx, marked.tenantId, id);
  return marked !== undefined;
}

/** Has it told that an automation was made, changed or deleted. */
export function tellAutomation(tx: Transaction, tenantId: TenantId, automationId: AutomationId): void {
  tx.changed({ kind: 'automation', tenantId, automationId });
}

async function insertRevision(
  tx: Transaction,
  id: AutomationId,
  revision: number,
  content: AutomationContent,
  edit: Edit,
): Promise<void> {
  const [_tenantId, scopeKind, scopeId, name, description, enabled, definition] = columnsOf(content);
  await tx.execute(
    `insert into automation_revision
       (automation_id, revision, name, description, enabled, scope_kind, scope_id, definition, changed_by, changed_at)
     values ($1::bigint, $2::int, $3::text, $4::text, $5::boolean, $6::text, $7::bigint, $8::json, $9::bigint,
             to_timestamp($10::float8 / 1000))`,
    [id, revision, name, description, enabled, scopeKind, scopeId, definition, edit.by, edit.now],
  );
}

function columnsOf(content: AutomationContent): readonly unknown[] {
  return [
    content.tenantId,
    content.scopeKind,
    content.scopeId,
    content.name,
    content.description,
    content.enabled,
    JSON.stringify(cleanJson(content.definition)),
  ];
}
