import { TriplineError } from '../model/error.ts';
import type { TenantId } from '../model/ids.ts';
import { newDataKey, unwrapDataKey, type WrappedKey, wrapDataKey } from '../secrets/data-key.ts';
import type { MasterKeys } from '../secrets/master-keys.ts';
import type { Transaction } from '../store/database.ts';
import { lockInstanceValue } from '../store/instance.ts';
import { insertTenantKey, tenantKeys } from '../store/tenant-keys.ts';

/**
 * The key under which a tenant's secrets are sealed; made when it has none. Call it inside the transaction that
 * stores what is sealed.
 *
 * @throws TriplineError unavailable when this node does not know the master key that wraps it
 */
export async function tenantDataKey(tx: Transaction, masters: MasterKeys, tenantId: TenantId): Promise<Uint8Array> {
  const [found] = await tenantKeys(tx, [tenantId]);
  const wrapped = found ?? (await makeTenantKey(tx, masters, tenantId));
  return unwrapDataKey(masters, wrapped) ?? refuseUnknown();
}

/** Wrapped by the master key that counts now: a rotation waits until this transaction ends. */
async function makeTenantKey(tx: Transaction, masters: MasterKeys, tenantId: TenantId): Promise<WrappedKey> {
  const check = await lockInstanceValue(tx, 'master_key_check', 'shared');
  const made = check && wrapDataKey(masters, check, tenantId, newDataKey());
  if (!made) return refuseUnknown();
  await insertTenantKey(tx, made);
  const [kept] = await tenantKeys(tx, [tenantId]);
  return kept ?? made;
}

function refuseUnknown(): never {
  throw new TriplineError(
    'unavailable',
    'this server does not know the master key that seals these secrets: its operator must start it with that key',
  );
}
