import type { Instant } from '../model/clock.ts';
import type { AutomationId, CollectionId, EntityId, ProjectId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import { tellAutomation } from './automation-edits.ts';
import { removeCollectionsOf } from './collection-removals.ts';
import type { Transaction } from './database.ts';
import { cancelPendingOf } from './deliveries.ts';
import { removeRegistryMembersOf } from './project-members.ts';
import { nextRulebookVersion } from './rulebook.ts';
import { removeServiceAccountsOf } from './service-accounts.ts';

/*
 * Removing a scope leaves tombstones: names are free again at once, rows go later in slices (data model,
 * section 6). Removed automations are edits of the rulebook, so every node drops them.
 */

/** An automation that went with its scope. */
export interface RemovedAutomation {
  readonly id: AutomationId;
  readonly name: string;
  /** It is where alerts go, and no automation. */
  readonly isAlert: boolean;
}

/** Pure: as the audit log tells them: the deed that took the scope names them all. */
export function shownRemovals(automations: readonly RemovedAutomation[]): readonly Json[] {
  return automations.filter(({ isAlert }) => !isAlert).map(({ id, name }) => ({ id, name }));
}

/**
 * Removes an entity and, when it is a root, everything under it, as an edit of the rulebook; `undefined` when it is gone
 * already.
 */
export async function removeEntity(
  tx: Transaction,
  entity: { id: EntityId; rootId: EntityId; rulebookVersion: string; now: Instant },
): Promise<readonly RemovedAutomation[] | undefined> {
  const rows = await tx.query<{ id: EntityId }>(
    `select id from entity
     where (id = $1::bigint or root_id = $1::bigint) and deleted_at is null
     order by id for no key update`,
    [entity.id],
  );
  const ids = rows.map((row) => row.id);
  const [automations] = await Promise.all([
    tx.query<RemovedAutomation>(
      `update automation
       set deleted_at = to_timestamp($2::float8 / 1000), rulebook_version = $3::bigint
       where tenant_id = any($1::bigint[]) and deleted_at is null returning id, name, alert_topic is not null as "isAlert"`,
      [ids, entity.now, entity.rulebookVersion],
    ),
    tx.execute(`update entity set deleted_at = to_timestamp($2::float8 / 1000) where id = any($1::bigint[])`, [
      ids,
      entity.now,
    ]),
    tx.execute(
      `update project set deleted_at = to_timestamp($2::float8 / 1000)
       where tenant_id = any($1::bigint[]) and deleted_at is null`,
      [ids, entity.now],
    ),
    tx.execute(
      `update integration set deleted_at = to_timestamp($2::float8 / 1000)
       where tenant_id = any($1::bigint[]) and deleted_at is null`,
      [ids, entity.now],
    ),
    tx.execute('delete from member where entity_id = any($1::bigint[])', [ids]),
    tx.execute('delete from secret where tenant_id = any($1::bigint[])', [ids]),
    // without its key no copy of its secrets opens either
    tx.execute('delete from tenant_key where tenant_id = any($1::bigint[])', [ids]),
    tx.execute('delete from invite where entity_id = any($1::bigint[])', [ids]),
    removeServiceAccountsOf(tx, ids, entity.now),
    removeRegistryMembersOf(tx, ids),
  ]);
  await cancelAll(tx, automations, entity);
  return ids.length > 0 ? automations : undefined;
}

/** Removes a project, its collections, the links in them, and the automations of all; `undefined` when it is gone already. */
export async function removeProject(
  tx: Transaction,
  project: { id: ProjectId; tenantId: EntityId; rootId: EntityId; now: Instant },
): Promise<readonly RemovedAutomation[] | undefined> {
  const version = await nextRulebookVersion(tx, project.rootId);
  const [removed, , automations] = await Promise.all([
    tx.execute(
      `update project set deleted_at = to_timestamp($3::float8 / 1000)
       where tenant_id = $1::bigint and id = $2::bigint and deleted_at is null`,
      [project.tenantId, project.id, project.now],
    ),
    removeCollectionsOf(tx, project),
    removeAutomationsOf(tx, { ...project, kind: 'project' }, version),
  ]);
  return removed === 1 ? automations : undefined;
}

/** Something below an entity that automations can have as their scope, and when it is removed. */
export interface RemovedScope {
  readonly kind: 'project' | 'collection';
  readonly id: ProjectId | CollectionId;
  readonly tenantId: EntityId;
  readonly rootId: EntityId;
  readonly now: Instant;
}

/** Removes the automations of one scope, and of the collections of a project, as an edit of the rulebook. */
export async function removeAutomationsOf(
  tx: Transaction,
  scope: RemovedScope,
  rulebookVersion: string,
): Promise<readonly RemovedAutomation[]> {
  const automations = await tx.query<RemovedAutomation>(
    `update automation
     set deleted_at = to_timestamp($4::float8 / 1000), rulebook_version = $5::bigint
     where tenant_id = $1::bigint and deleted_at is null
       and (scope_kind = $2::text and scope_id = $3::bigint
         or $2::text = 'project' and scope_kind = 'collection' and scope_id in (
           select collection_id from collection where tenant_id = $1::bigint and project_id = $3::bigint))
     returning id, name, alert_topic is not null as "isAlert"`,
    [scope.tenantId, scope.kind, scope.id, scope.now, rulebookVersion],
  );
  for (const { id } of automations) tellAutomation(tx, scope.tenantId, id);
  await cancelAll(tx, automations, scope);
  return automations;
}

/** Deleting a scope stops everything, like deleting its automations (automations, section 2.10). */
async function cancelAll(
  tx: Transaction,
  automations: readonly { readonly id: AutomationId }[],
  scope: { readonly rootId: EntityId; readonly now: Instant },
): Promise<void> {
  for (const { id } of automations) await cancelPendingOf(tx, { automationId: id, rootId: scope.rootId }, scope.now);
}
