import type { Instant } from '../model/clock.ts';
import type { ApiKeyId, EntityId, UserId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import { unwrapDataKey } from '../secrets/data-key.ts';
import { type Belonging, seal, unseal } from '../secrets/sealed.ts';
import type { Transaction } from '../store/database.ts';
import { freshKeysOf, insertFreshKey } from '../store/fresh-keys.ts';
import { tenantKeys } from '../store/tenant-keys.ts';
import { newApiKey } from './api-key-text.ts';
import { makeApiKey } from './make-api-key.ts';
import type { SecretGround } from './save-secret.ts';
import { tenantDataKey } from './tenant-data-key.ts';

/** The client learns the key of a new service account only by loading the team anew (wandb protocol, 6.7). */
const SHOWN_MS = 10 * 60 * 1_000;

/** Makes a key of a service account and keeps it, sealed, for its maker to see for ten minutes. @returns the key */
export async function makeServiceKey(
  tx: Transaction,
  { masters }: Pick<SecretGround, 'masters'>,
  viewer: Viewer,
  account: { readonly userId: UserId; readonly teamId: EntityId },
  now: Instant,
): Promise<string> {
  const key = newApiKey();
  const { id } = await makeApiKey(tx, { userId: account.userId, key, description: null }, now);
  const dataKey = await tenantDataKey(tx, masters, account.teamId);
  const sealed = seal(dataKey, Buffer.from(key, 'utf8'), belonging(id));
  await insertFreshKey(tx, { apiKeyId: id, madeBy: viewer.userId, sealed, madeAt: now, endsAt: now + SHOWN_MS });
  return key;
}

/** The keys of a team's service accounts that the viewer made and may still see, the newest of each account. */
export async function shownServiceKeys(
  { database, clock, masters }: SecretGround,
  viewer: Viewer,
  teamId: EntityId,
): Promise<ReadonlyMap<UserId, string>> {
  const fresh = await freshKeysOf(database, { teamId, madeBy: viewer.userId, now: clock.now() });
  const [wrapped] = fresh.length === 0 ? [] : await tenantKeys(database, [teamId]);
  const dataKey = wrapped && unwrapDataKey(masters, wrapped);
  const shown = new Map<UserId, string>();
  for (const { apiKeyId, userId, sealed } of fresh) {
    const plain = dataKey && unseal(dataKey, sealed, belonging(apiKeyId));
    if (plain === undefined) continue;
    // the newest is the last, so that the account made last is the last
    shown.delete(userId);
    shown.set(userId, Buffer.from(plain).toString('utf8'));
  }
  return shown;
}

function belonging(id: ApiKeyId): Belonging {
  return ['service account key', id];
}
