import type { Instant } from '../model/clock.ts';
import type { Queryable } from './database.ts';

/** How often was tried under one key since when. */
export interface Attempts {
  /** SHA-256, in hex. */
  readonly key: string;
  readonly attempts: number;
  readonly since: Instant;
}

/**
 * Counts one attempt under each key, before it is known how it ends: guesses that are made at the same time count too.
 * A count begins anew when it is older than `window` milliseconds.
 */
export async function countAttempts(
  database: Queryable,
  keys: readonly string[],
  { now, window }: { readonly now: Instant; readonly window: number },
): Promise<Attempts[]> {
  const begun = new Date(now - window);
  await database.execute('delete from sign_in_attempt where since <= $1::timestamptz', [begun]);
  return database.query<Attempts>(
    `insert into sign_in_attempt (key, attempts, since)
     select decode(key, 'hex'), 1, $2::timestamptz from unnest($1::text[]) key order by key
     on conflict (key) do update set attempts = sign_in_attempt.attempts + 1
     returning encode(key, 'hex') as key, attempts, since`,
    [keys, new Date(now)],
  );
}

/** Takes back what a sign-in that succeeded had counted: all under `forgotten`, one under `lessened`. */
export async function forgiveAttempts(
  database: Queryable,
  { forgotten, lessened }: { readonly forgotten: readonly string[]; readonly lessened: readonly string[] },
): Promise<void> {
  const bytes = "select decode(each, 'hex') from unnest($1::text[]) each";
  await database.execute(`delete from sign_in_attempt where key in (${bytes})`, [forgotten]);
  await database.execute(`update sign_in_attempt set attempts = attempts - 1 where key in (${bytes})`, [lessened]);
}
