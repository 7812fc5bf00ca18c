import type { EntityId } from '../model/ids.ts';
import type { Queryable, Transaction } from './database.ts';

/**
 * Starts an edit of an organization's automations: takes the next version and keeps the row locked until the
 * transaction ends, so that edits become visible in the order of their versions (data model, section 2). First
 * of all locks.
 */
export async function nextRulebookVersion(tx: Transaction, rootId: EntityId): Promise<string> {
  const [row] = await tx.query<{ version: string }>(
    'update rulebook set version = version + 1 where root_id = $1::bigint returning version',
    [rootId],
  );
  if (row === undefined) throw new Error(`entity ${rootId} has no rulebook`);
  return row.version;
}

/** The same of several organizations, in ascending order, each once. */
export async function nextRulebookVersions(
  tx: Transaction,
  rootIds: readonly EntityId[],
): Promise<ReadonlyMap<EntityId, string>> {
  const versions = new Map<EntityId, string>();
  for (const rootId of [...new Set(rootIds)].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))) {
    versions.set(rootId, await nextRulebookVersion(tx, rootId));
  }
  return versions;
}

/**
 * Keeps edits of an organization's automations out until the transaction ends, without making one yet: for a deed
 * that causes events before it removes automations. What it reads must never be of a version that may be rolled back.
 */
export async function lockRulebook(tx: Transaction, rootId: EntityId): Promise<void> {
  await tx.query('select version from rulebook where root_id = $1::bigint for no key update', [rootId]);
}

/**
 * The versions of organizations' automations; the same number means the same definitions. An organization without
 * a rulebook is missing.
 */
export async function rulebookVersions(
  database: Queryable,
  rootIds: readonly EntityId[],
): Promise<ReadonlyMap<EntityId, string>> {
  const rows = await database.query<{ rootId: EntityId; version: string }>(
    'select root_id as "rootId", version from rulebook where root_id = any($1::bigint[])',
    [rootIds],
  );
  return new Map(rows.map(({ rootId, version }) => [rootId, version]));
}
