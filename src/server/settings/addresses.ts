import ipaddr from 'ipaddr.js';

/** A network in CIDR notation, with the host bits cleared: `10.0.0.0/8`, `fd00::/8`. */
export type Network = string;

/** What deliveries may reach although it is private: a host by name, or every address of a network. */
export type AllowedTarget =
  | { readonly kind: 'host'; readonly host: string }
  | { readonly kind: 'network'; readonly network: Network };

/** Reads an address or a CIDR; `undefined` when it is neither. */
export function parseNetwork(text: string): Network | undefined {
  const [address = '', prefix] = text.split('/');
  if (!ipaddr.isValid(address) || (!address.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(address))) return;
  const parsed = ipaddr.parse(address);
  const longest = parsed.kind() === 'ipv4' ? 32 : 128;
  const bits = prefix === undefined ? longest : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  if (!(bits <= longest) || text.split('/').length > 2) return;
  const family = parsed.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  return `${family.networkAddressFromCIDR(`${address}/${bits}`)}/${bits}`;
}

/** Labels of letters, digits, `-` and `_`; the last is no number, for that would be an address. */
const HOST = /^(?!-)[a-z0-9_-]{1,63}(\.(?!-)[a-z0-9_-]{1,63})*$/;
const ENDS_IN_NUMBER = /(^|\.)\d+$/;

/** Reads a host name, in lower case; `undefined` when it is none. */
export function parseHostName(text: string): string | undefined {
  const host = text.toLowerCase().replace(/\.$/, '');
  return HOST.test(host) && !ENDS_IN_NUMBER.test(host) ? host : undefined;
}

/** Reads one entry of the list of allowed targets; `undefined` when it is none. */
export function parseAllowedTarget(text: string): AllowedTarget | undefined {
  const network = parseNetwork(text);
  if (network !== undefined) return { kind: 'network', network };
  const host = parseHostName(text);
  return host === undefined ? undefined : { kind: 'host', host };
}
