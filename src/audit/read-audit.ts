import { demand, demandInstanceAdmin } from '../access/demand.ts';
import type { TenantId } from '../model/ids.ts';
import type { Place, Viewer } from '../model/viewer.ts';
import { type AuditQuery, auditEntries, INSTANCE, type KeptEntry, tenantsUnder } from '../store/audit.ts';
import type { Database, Queryable } from '../store/database.ts';
import type { Entity } from '../store/entities.ts';

/** What is looked for; without the page. */
export type AuditFilter = Omit<AuditQuery, 'tenantIds' | 'after' | 'limit'>;

/**
 * Whose entries a viewer reads at an entity: its own, and at an organization those of its teams too.
 *
 * @throws TriplineError forbidden for anyone but its admins
 */
export async function auditedAt(database: Queryable, viewer: Viewer, entity: Entity & Place): Promise<TenantId[]> {
  demand(viewer, 'manage_members', entity, `entity '${entity.name}'`);
  return entity.kind === 'organization' ? tenantsUnder(database, entity.id) : [entity.tenantId];
}

/** Whose entries are about the installation itself. @throws TriplineError forbidden for anyone but instance admins */
export function auditedOfInstance(viewer: Viewer): TenantId[] {
  demandInstanceAdmin(viewer);
  return [INSTANCE];
}

const AT_ONCE = 500;

/** All entries that match, newest first, read as they are taken. */
export async function* allEntries(
  database: Database,
  tenantIds: readonly TenantId[],
  filter: AuditFilter,
): AsyncGenerator<KeptEntry> {
  for (let after: string | null = null; ; ) {
    const entries: KeptEntry[] = await auditEntries(database, { ...filter, tenantIds, after, limit: AT_ONCE });
    yield* entries;
    after = entries.at(-1)?.id ?? null;
    if (after === null || entries.length < AT_ONCE) return;
  }
}
