import type { ScopeKind } from '../events/kind.ts';
import type { Instant } from '../model/clock.ts';
import type { AutomationId, EntityId, TenantId, UserId } from '../model/ids.ts';
import type { JsonObject } from '../model/json.ts';
import type { Queryable } from './database.ts';

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

/**
 * The automations of an organization that changed since a version of its rulebook, deleted and disabled ones among
 * them. A change that is committed after the version was read is given again with the next one, never left out.
 */
export function automationsChangedSince(
  database: Queryable,
  rootId: EntityId,
  version: string,
): Promise<AutomationRecord[]> {
  return database.query<AutomationRecord>(
    `select ${AUTOMATION_COLUMNS} from automation
     where root_id = $1::bigint and rulebook_version > $2::bigint order by rulebook_version, id`,
    [rootId, version],
  );
}

/** An automation that is not deleted. */
export async function automationById(database: Queryable, id: AutomationId): Promise<AutomationRecord | undefined> {
  const [row] = await database.query<AutomationRecord>(
    `select ${AUTOMATION_COLUMNS} from automation where id = $1::bigint and deleted_at is null`,
    [id],
  );
  return row;
}
