import ipaddr from 'ipaddr.js';
import { invalid } from '../model/error.ts';
import { isWithin, type Network, parseAddress } from './ranges.ts';

/** Hosts and networks that deliveries may reach although private or loopback: `--delivery-allow`. */
export interface AllowList {
  readonly hosts: ReadonlySet<string>;
  readonly networks: readonly Network[];
}

export const NOTHING_ALLOWED: AllowList = { hosts: new Set(), networks: [] };

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_][a-z0-9_-]{0,62})*$/;

/**
 * Reads the setting: host names, addresses and CIDRs. An address is the network of that one address.
 *
 * @throws TriplineError invalid, naming the entry at fault
 */
export function parseAllowList(entries: readonly string[]): AllowList {
  const hosts = new Set<string>();
  const networks: Network[] = [];
  for (const entry of entries) {
    const network = parseNetwork(entry);
    const name = entry.toLowerCase().replace(/\.$/, '');
    if (network !== undefined) networks.push(network);
    else if (HOST_NAME.test(name)) hosts.add(name);
    else throw invalid(`'${entry}' is neither a host name nor an address nor a network such as 10.0.0.0/8`);
  }
  return { hosts, networks };
}

/** Whether the operator allowed this host by name, or this address. */
export function allows(list: AllowList, host: string, address: ReturnType<typeof parseAddress>): boolean {
  if (list.hosts.has(host.toLowerCase().replace(/\.$/, ''))) return true;
  return address !== undefined && isWithin(address, list.networks);
}

function parseNetwork(entry: string): Network | undefined {
  if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry);
  const address = parseAddress(entry);
  return address === undefined ? undefined : [address, address.kind() === 'ipv4' ? 32 : 128];
}
