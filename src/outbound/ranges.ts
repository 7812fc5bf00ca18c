import ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;
export type Network = readonly [Address, number];

const networks = (texts: readonly string[]): readonly Network[] => texts.map((text) => ipaddr.parseCIDR(text));

export const LOOPBACK = networks(['127.0.0.0/8', '::1/128']);

/** Link-local and cloud metadata addresses: refused even inside an allowed network (automations, section 4.6). */
export const METADATA = networks([
  '169.254.0.0/16',
  'fe80::/10',
  'fd00:ec2::254/128',
  '100.100.100.200/32',
  '168.63.129.16/32',
]);

/** Private, shared, reserved, multicast, and transition ranges that wrap an IPv4 address. */
export const PRIVATE = networks([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/96',
  '::ffff:0:0:0/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '2001::/32',
  '2002::/16',
  'fc00::/7',
  'fec0::/10',
  'ff00::/8',
]);

export function isWithin(address: Address, ranges: readonly Network[]): boolean {
  return ranges.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));
}

/**
 * Reads an address in any form that a resolver would take for one (decimal, hexadecimal and octal IPv4, brackets,
 * zones); IPv4 inside IPv6 becomes IPv4. `undefined` when the text is a name.
 */
export function parseAddress(text: string): Address | undefined {
  const bare = text.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '');
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : undefined;
}

/** The IPv4 address that a translating gateway would make of an IPv6 one (NAT64, 6to4). */
export function translated(address: Address): Address | undefined {
  const bytes = address.toByteArray();
  if (isWithin(address, NAT64)) return new ipaddr.IPv4(bytes.slice(12, 16));
  if (isWithin(address, SIX_TO_FOUR)) return new ipaddr.IPv4(bytes.slice(2, 6));
  return undefined;
}

const NAT64 = networks(['64:ff9b::/96', '64:ff9b:1::/48', '::/96', '::ffff:0:0:0/96']);
const SIX_TO_FOUR = networks(['2002::/16']);
