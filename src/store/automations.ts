import type { ScopeKind } from '../events/kind.ts';
import type { Instant } from '../model/clock.ts';
import type { AutomationId, EntityId, TenantId, UserId } from '../model/ids.ts';
import type { JsonObject } from '../model/json.ts';
import type { Queryable, Transaction } from './database.ts';
import { rulebookVersion } from './rulebook.ts';

/** An automation as it is stored. */
export interface AutomationRecord {
  readonly id: AutomationId;
  readonly rootId: EntityId;
  /** The entity that owns the scope. */
  readonly tenantId: TenantId;
  readonly scopeKind: ScopeKind;
  /** Of the entity, project or collection. */
  readonly scopeId: string;
  readonly name: string;
  readonly description: string | null;
  readonly enabled: boolean;
  /** `{event, action}`, read by the schemas of their types. */
  readonly definition: JsonObject;
  /** Grows with every edit. */
  readonly revision: number;
  /** Grows when what it waits for changes: event, filter, metric or scope. */
  readonly conditionRevision: number;
  readonly createdBy: UserId | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant | null;
  readonly deletedAt: Instant | null;
}

export const AUTOMATION_COLUMNS = `automation.id, automation.root_id as "rootId", automation.tenant_id as "tenantId",
  automation.scope_kind as "scopeKind", automation.scope_id as "scopeId", automation.name, automation.description,
  automation.enabled, automation.definition, automation.revision,
  automation.condition_revision as "conditionRevision", automation.created_by as "createdBy",
  automation.created_at as "createdAt", automation.updated_at as "updatedAt", automation.deleted_at as "deletedAt"`;

/** What changed in an organization's automations. */
export interface RulebookChanges {
  /** The version after these changes. */
  readonly version: string;
  /** Deleted ones among them, and disabled ones. */
  readonly automations: readonly AutomationRecord[];
}

/**
 * What changed in an organization's automations since a version; nothing is read when the version is the same.
 * The two statements see what was committed before each: a change that falls between them is given again with
 * the next version, never left out.
 */
export async function loadRulebookChanges(
  tx: Transaction,
  rootId: EntityId,
  sinceVersion: string,
): Promise<RulebookChanges> {
  const version = await rulebookVersion(tx, rootId);
  if (version === sinceVersion) return { version, automations: [] };
  const automations = await tx.query<AutomationRecord>(
    `select ${AUTOMATION_COLUMNS} from automation
     where root_id = $1::bigint and rulebook_version > $2::bigint order by rulebook_version, id`,
    [rootId, sinceVersion],
  );
  return { version, automations };
}

/** An automation that is not deleted. */
export async function automationById(database: Queryable, id: AutomationId): Promise<AutomationRecord | undefined> {
  const [row] = await database.query<AutomationRecord>(
    `select ${AUTOMATION_COLUMNS} from automation where id = $1::bigint and deleted_at is null`,
    [id],
  );
  return row;
}
