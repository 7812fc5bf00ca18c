import { randomBytes } from 'node:crypto';
import type { TenantId } from '../model/ids.ts';
import type { MasterKeys } from './master-keys.ts';
import { seal, unseal } from './sealed.ts';

/** The random key of one tenant, under which its secrets are sealed, as it is stored. */
export interface WrappedKey {
  readonly tenantId: TenantId;
  readonly wrapped: Uint8Array;
  /** Check value of the master key that wraps it. */
  readonly wrappedBy: string;
}

/** 32 random bytes. A tenant keeps its data key for ever; only what wraps it is changed. */
export function newDataKey(): Uint8Array {
  return randomBytes(32);
}

/** Wraps a data key under the master key with this check value; `undefined` when that one is unknown. */
export function wrapDataKey(
  masters: MasterKeys,
  wrappedBy: string,
  tenantId: TenantId,
  dataKey: Uint8Array,
): WrappedKey | undefined {
  const key = masters.sealingKey(wrappedBy);
  return key && { tenantId, wrapped: seal(key, dataKey, belonging(tenantId)), wrappedBy };
}

/** The data key; `undefined` when its master key is unknown, or it was changed or put in another tenant's row. */
export function unwrapDataKey(masters: MasterKeys, { tenantId, wrapped, wrappedBy }: WrappedKey) {
  const key = masters.sealingKey(wrappedBy);
  return key && unseal(key, wrapped, belonging(tenantId));
}

function belonging(tenantId: TenantId) {
  return ['tenant key', tenantId] as const;
}
