import type { Database } from '../store/database.ts';

const changes = new WeakMap<Database, number>();

/**
 * Tells this node that users, keys or roles changed, after the change was committed: who is asked next is looked
 * up anew. Other nodes learn it when their cached entries end (data model, section 7).
 */
export function identityChanged(database: Database): void {
  changes.set(database, identityGeneration(database) + 1);
}

/** Grows with every change that this node made. */
export function identityGeneration(database: Database): number {
  return changes.get(database) ?? 0;
}
