import type { Database } from '../store/database.ts';

interface Changes {
  generation: number;
  readonly listeners: (() => void)[];
}

const changes = new WeakMap<Database, Changes>();

/**
 * Tells this node that users, keys or roles changed, after the change was committed: who is asked next is looked
 * up anew. Other nodes learn it when their cached entries end (data model, section 7), or earlier from a call.
 */
export function identityChanged(database: Database): void {
  identityChangedElsewhere(database);
  for (const listener of changesOf(database).listeners) listener();
}

/** The same for what another node changed, of which nobody else need be told. */
export function identityChangedElsewhere(database: Database): void {
  changesOf(database).generation += 1;
}

/** Has it told when this node changes users, keys or roles. */
export function onIdentityChange(database: Database, listener: () => void): void {
  changesOf(database).listeners.push(listener);
}

/** Grows with every change that this node knows of. */
export function identityGeneration(database: Database): number {
  return changesOf(database).generation;
}

function changesOf(database: Database): Changes {
  const known = changes.get(database) ?? { generation: 0, listeners: [] };
  changes.set(database, known);
  return known;
}
