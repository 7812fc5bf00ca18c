import { type AllowList, allows } from './allow-list.ts';
import { isWithin, LOOPBACK, METADATA, PRIVATE, parseAddress, translated } from './ranges.ts';

export interface AddressPolicy {
  readonly allow: AllowList;
  /**
   * The one exception of automations, section 4.6: the server listens on loopback only and its public URL is
   * loopback.
   */
  readonly loopbackAllowed: boolean;
}

const SETTING = '--delivery-allow (TRIPLINE_DELIVERY_ALLOW)';

/**
 * Why an address that a host resolved to (or is) may not be connected to; `undefined` when it may. Public
 * addresses always may.
 */
export function refusalOf(address: string, host: string, policy: AddressPolicy): string | undefined {
  const parsed = parseAddress(address);
  if (parsed === undefined) return `'${address}' is not an address`;
  const inner = translated(parsed);
  if (isWithin(parsed, METADATA) || (inner !== undefined && isWithin(inner, METADATA))) {
    return `${parsed} is a link-local or cloud metadata address: deliveries never reach it, whatever ${SETTING} lists`;
  }
  const loopback = isWithin(parsed, LOOPBACK);
  if (!loopback && !isWithin(parsed, PRIVATE)) return undefined;
  if ((loopback && policy.loopbackAllowed) || allows(policy.allow, host, parsed)) return undefined;
  return `${parsed} is a ${loopback ? 'loopback' : 'private or reserved'} address: deliveries reach it only when ${SETTING} lists it or its host name`;
}
