import type { Instant } from '../model/clock.ts';
import type { TenantId } from '../model/ids.ts';
import type { ApiKey } from '../store/api-keys.ts';
import { type Actor, recordDeed } from '../store/audit.ts';
import type { Transaction } from '../store/database.ts';

/** Leaves an entry about a key in the log of its owner's personal entity, or of a service account's team: its id and its last characters. */
export function recordApiKey(
  tx: Transaction,
  actor: Actor,
  deed: 'api_key.created' | 'api_key.deleted',
  { tenantId, key, now }: { readonly tenantId: TenantId; readonly key: ApiKey; readonly now: Instant },
): Promise<void> {
  const { id, hint, description } = key;
  const facts = { hint, description };
  return recordDeed(tx, actor, {
    now,
    tenantId,
    deed,
    subject: { kind: 'api_key', id, name: description ?? hint },
    ...(deed === 'api_key.created' ? { after: facts } : { before: facts }),
  });
}
