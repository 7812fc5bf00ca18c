import type { TenantId } from '../model/ids.ts';
import { type ChainPlace, nextInChain, type SealedEntry } from '../store/audit-chain.ts';
import { lockChain, tenantsToSeal, unsealedEntries, writeSeals } from '../store/audit-seals.ts';
import type { Database } from '../store/database.ts';
import { leaseSubject, removeDeadline } from '../store/deadlines.ts';
import type { Ground } from '../store/ground.ts';

/** A tenant's chain after new entries were sealed. */
export interface MovedHead extends ChainPlace {
  readonly tenantId: TenantId;
}

const TENANTS_AT_ONCE = 200;
const ENTRIES_AT_ONCE = 500;
/** Well below the age at which unsealed entries raise the alarm: another node takes over from one that dies. */
const LEASE_MS = 4_000;

/**
 * Numbers and chains the entries that deeds have left, tenant by tenant. One node of several does so for each: the
 * deadline is leased, and the lock of the chain decides (data model, section 10).
 *
 * @returns the heads that moved, for the operator's log
 */
export async function sealEntries({ database, clock }: Pick<Ground, 'database' | 'clock'>): Promise<MovedHead[]> {
  const moved: MovedHead[] = [];
  for (const tenantId of await tenantsToSeal(database, TENANTS_AT_ONCE)) {
    const lease = { tenantId, kind: 'audit', subjectId: '0' } as const;
    const now = clock.now();
    if (!(await leaseSubject(database, lease, now, now + LEASE_MS))) continue;
    const head = await sealTenant(database, tenantId);
    await removeDeadline(database, lease);
    if (head !== undefined) moved.push({ tenantId, ...head });
  }
  return moved;
}

function sealTenant(database: Database, tenantId: TenantId): Promise<ChainPlace | undefined> {
  return database.transaction(async (tx) => {
    const start = await lockChain(tx, tenantId);
    const entries = await unsealedEntries(tx, tenantId, ENTRIES_AT_ONCE);
    const sealed: SealedEntry[] = [];
    for (const entry of entries) sealed.push(nextInChain(sealed.at(-1) ?? start, entry));
    const last = sealed.at(-1);
    if (last === undefined) return undefined;
    const head = { number: last.number, hash: last.hash };
    await writeSeals(tx, tenantId, sealed, head);
    return head;
  });
}
