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

/** Fetched and compiled at a time: a first load of many lets other work through. */
const CHANGES_AT_ONCE = 200;

/**
 * The automations of an organization that changed since a version of its rulebook, deleted and disabled ones among
 * them, some at a time. A change that is committed meanwhile is given too, or with the next version, never left out.
 */
export async function* automationsChangedSince(
  database: Queryable,
  rootId: EntityId,
  version: string,
): AsyncGenerator<readonly AutomationRecord[]> {
  let after = [version, LAST_ID];
  for (;;) {
    const changed = await database.query<AutomationRecord & { rulebookVersion: string }>(
      `select ${AUTOMATION_COLUMNS}, automation.rulebook_version as "rulebookVersion" from automation
       where root_id = $1::bigint and (rulebook_version, id) > ($2::bigint, $3::bigint) and alert_topic is null
       order by rulebook_version, id limit $4::int`,
      [rootId, ...after, CHANGES_AT_ONCE],
    );
    if (changed.length > 0) yield changed;
    const last = changed.at(-1);
    if (last === undefined || changed.length < CHANGES_AT_ONCE) return;
    after = [last.rulebookVersion, last.id];
  }
}

const LAST_ID = String(2n ** 63n - 1n);

/** An automation that is not deleted. */
export async function automationById(database: Queryable, id: AutomationId): Promise<AutomationRecord | undefined> {
  const [row] = await database.query<AutomationRecord>(
    `select ${AUTOMATION_COLUMNS} from automation where id = $1::bigint and deleted_at is null and alert_topic is null`,
    [id],
  );
  return row;
}
