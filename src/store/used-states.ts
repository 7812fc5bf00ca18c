import type { Instant } from '../model/clock.ts';
import type { Database } from './database.ts';

/** Notes that a state is used; `false` when it was before. What has expired is forgotten with it. */
export async function claimState(
  database: Database,
  { nonce, expiresAt }: { readonly nonce: string; readonly expiresAt: Instant },
  now: Instant,
): Promise<boolean> {
  await database.execute('delete from used_state where expires_at < $1::timestamptz', [new Date(now)]);
  const inserted = await database.execute(
    'insert into used_state (nonce, expires_at) values ($1::text, $2::timestamptz) on conflict do nothing',
    [nonce, new Date(expiresAt)],
  );
  return inserted === 1;
}
