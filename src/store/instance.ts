import type { Queryable } from './database.ts';

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
