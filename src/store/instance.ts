import type { Queryable, Transaction } from './database.ts';

/** What the whole installation remembers once. */
export type InstanceKey = 'first_admin' | 'master_key_check';

/**
 * Writes a value that is written once in the life of an installation; `false` when it was there. Of several
 * nodes that try at once, one gets `true`; the others wait until its transaction ends.
 */
export async function claimInstanceValue(database: Queryable, key: InstanceKey, value: string): Promise<boolean> {
  const inserted = await database.execute(
    'insert into instance (key, value) values ($1::text, $2::text) on conflict (key) do nothing',
    [key, value],
  );
  return inserted === 1;
}

export async function instanceValue(database: Queryable, key: InstanceKey): Promise<string | undefined> {
  const [row] = await database.query<{ value: string }>('select value from instance where key = $1::text', [key]);
  return row?.value;
}

/**
 * A value as it stays until the transaction ends: `shared` with others who read it so, or `alone` to change it.
 */
export async function lockInstanceValue(
  tx: Transaction,
  key: InstanceKey,
  how: 'shared' | 'alone',
): Promise<string | undefined> {
  const [row] = await tx.query<{ value: string }>(
    `select value from instance where key = $1::text for ${how === 'shared' ? 'share' : 'no key update'}`,
    [key],
  );
  return row?.value;
}

/** Changes a value that is locked. */
export async function replaceInstanceValue(tx: Transaction, key: InstanceKey, value: string): Promise<void> {
  await tx.execute('update instance set value = $2::text where key = $1::text', [key, value]);
}
