import ipaddr from 'ipaddr.js';

/** A network in CIDR notation: `10.0.0.0/8`, `fd00::/8`; one address is a network of its own. */
export type Cidr = string;

/** Reads an address or a CIDR; `undefined` when it is neither. */
export function parseCidr(text: string): Cidr | undefined {
  if (isAddress(text)) return `${text}/${text.includes(':') ? 128 : 32}`;
  return ipaddr.isValidCIDR(text) && isAddress(text.split('/')[0] ?? '') ? text : undefined;
}

/** Whether the text is an IPv6 address or an IPv4 address in its usual form of four decimal parts. */
export function isAddress(text: string): boolean {
  return ipaddr.IPv6.isValid(text) || ipaddr.IPv4.isValidFourPartDecimal(text);
}

const HOST = /^(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})*$/i;
const ENDS_IN_NUMBER = /(^|\.)\d+$/;

/** Whether the text is a host name; what ends in a number would be an address. */
export function isHostName(text: string): boolean {
  return HOST.test(text) && !ENDS_IN_NUMBER.test(text);
}

const WITH_PORT = /^(?:\[(?<six>[^\]]+)\]|(?<four>[^:]+)):(?<port>\d{1,5})$/;

/** Reads `10.0.0.53`, `10.0.0.53:5353`, `fd00::53` or `[fd00::53]:5353`; `undefined` when it is none of them. */
export function parseNameServer(text: string): string | undefined {
  if (isAddress(text)) return text;
  const { six, four, port } = WITH_PORT.exec(text)?.groups ?? {};
  const address = six ?? four;
  const number = Number(port);
  return address !== undefined && isAddress(address) && number > 0 && number < 65536 ? text : undefined;
}
