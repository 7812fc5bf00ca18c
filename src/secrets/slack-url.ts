import type { IntegrationId, TenantId } from '../model/ids.ts';
import { sealValue, unsealValue } from './secret-value.ts';

/** Whose address it is. */
export interface SlackUrlKey {
  readonly tenantId: TenantId;
  readonly id: IntegrationId;
}

/** Seals the address of a channel's incoming webhook: whoever knows it can post there. */
export function sealSlackUrl(dataKey: Uint8Array, key: SlackUrlKey, url: string): Uint8Array {
  return sealValue(dataKey, secretKey(key), url);
}

/** The address; `undefined` when it was sealed under another key or for another integration, or was changed. */
export function unsealSlackUrl(dataKey: Uint8Array, key: SlackUrlKey, sealed: Uint8Array): string | undefined {
  return unsealValue(dataKey, secretKey(key), sealed);
}

/** No secret that people name can have this name. */
function secretKey({ tenantId, id }: SlackUrlKey) {
  return { tenantId, name: `slack:${id}` };
}
