import { type AllowList, allows } from './allow-list.ts';
import { type Address, embedded, isWithin, LOOPBACK, METADATA, PRIVATE, parseAddress } from './ranges.ts';

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
 * addresses always may. The text names the host as it was given, never what it resolved to: a name must not serve
 * to map the operator's network.
 */
export function refusalOf(address: string, host: string, policy: AddressPolicy): string | undefined {
  const parsed = parseAddress(address);
  if (parsed === undefined) return `${host} resolves to something that is no address`;
  const isA = parseAddress(host) === undefined ? 'resolves to a' : 'is a';
  const faces = [parsed, ...embedded(parsed)];
  if (faces.some((face) => isWithin(face, METADATA))) {
    return `${host} ${isA} link-local or cloud metadata address: deliveries never reach it, whatever ${SETTING} lists`;
  }
  const refused = faces.find((face) => !mayReach(face, host, policy));
  if (refused === undefined) return undefined;
  const kind = isWithin(refused, LOOPBACK) ? 'loopback' : 'private or reserved';
  return `${host} ${isA} ${kind} address: deliveries reach it only when ${SETTING} lists it or its host name`;
}

function mayReach(address: Address, host: string, { allow, loopbackAllowed }: AddressPolicy): boolean {
  const loopback = isWithin(address, LOOPBACK);
  if (!loopback && !isWithin(address, PRIVATE)) return true;
  return (loopback && loopbackAllowed) || allows(allow, host, address);
}
