import type { TenantId } from '../model/ids.ts';
import { seal, unseal } from './sealed.ts';

/** Whose secret it is, and its name. */
export interface SecretKey {
  readonly tenantId: TenantId;
  readonly name: string;
}

/** Seals the value of a secret under its tenant's data key. */
export function sealValue(dataKey: Uint8Array, key: SecretKey, value: string): Uint8Array {
  return seal(dataKey, Buffer.from(value, 'utf8'), belonging(key));
}

/** The value; `undefined` when it was sealed under another key, for another name or tenant, or was changed. */
export function unsealValue(dataKey: Uint8Array, key: SecretKey, sealed: Uint8Array): string | undefined {
  const plain = unseal(dataKey, sealed, belonging(key));
  return plain && Buffer.from(plain).toString('utf8');
}

function belonging({ tenantId, name }: SecretKey) {
  return ['secret', tenantId, name] as const;
}
