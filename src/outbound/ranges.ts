import ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;
export type Network = readonly [Address, number];

const networks = (texts: readonly string[]): readonly Network[] => texts.map((text) => ipaddr.parseCIDR(text));

export const LOOPBACK = networks(['127.0.0.0/8', '::1/128']);

/** Link-local and cloud metadata addresses: refused even inside an allowed network (automations, section 4.6). */
export const METADATA = networks([
  '169.254.0.0/16',
  'fe80::/10',
  // Amazon, Google, Scaleway
  'fd00:ec2::/32',
  'fd20:ce::254/128',
  'fd00:42::42/128',
  // Alibaba, Azure, Oracle
  '100.100.100.200/32',
  '168.63.129.16/32',
  '192.0.0.192/32',
]);

/**
 * What IANA's registries of special-purpose addresses do not call globally reachable, and transition ranges that
 * wrap an IPv4 address. Of IPv6 only 2000::/3 is given out to hosts.
 */
export const PRIVATE = networks([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/3',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '4000::/2',
  '8000::/1',
]);

/** Whether an address is none of the public network. */
export function isInner(address: Address): boolean {
  return [LOOPBACK, METADATA, PRIVATE].some((ranges) => isWithin(address, ranges));
}

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

/** The IPv4 addresses to which a gateway may carry what is sent to an IPv6 one: NAT64, 6to4, Teredo, ISATAP. */
export function embedded(address: Address): readonly Address[] {
  const bytes = address.toByteArray();
  if (bytes.length === 4 || isWithin(address, LOOPBACK)) return [];
  const at = (...places: readonly number[]): Address => new ipaddr.IPv4(places.map((place) => bytes[place] ?? 0));
  const last = [12, 13, 14, 15] as const;
  if (isWithin(address, SIX_TO_FOUR)) return [at(2, 3, 4, 5)];
  if (isWithin(address, TEREDO)) return [at(4, 5, 6, 7), new ipaddr.IPv4(bytes.slice(12).map((byte) => byte ^ 0xff))];
  // of a network's own prefix only that network knows how long it is (RFC 6052, section 2.2)
  if (isWithin(address, LOCAL_NAT64)) return [at(6, 7, 9, 10), at(7, 9, 10, 11), at(9, 10, 11, 12), at(...last)];
  if (isWithin(address, WRAPPED) || ISATAP.test(Buffer.from(bytes).toString('hex', 8, 12))) return [at(...last)];
  return [];
}

const SIX_TO_FOUR = networks(['2002::/16']);
const TEREDO = networks(['2001::/32']);
const LOCAL_NAT64 = networks(['64:ff9b:1::/48']);
const WRAPPED = networks(['::/96', '::ffff:0:0:0/96', '64:ff9b::/96']);
/** The first half of its interface identifiers (RFC 5214, section 6.1). */
const ISATAP = /^0[02]005efe$/;
