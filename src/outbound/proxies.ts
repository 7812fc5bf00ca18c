import querystring from 'node:querystring';
import { invalid } from '../model/error.ts';
import { parseAllowList } from './allow-list.ts';
import { isWithin, LOOPBACK, parseAddress } from './ranges.ts';

/** Where a request goes. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
}

/** An HTTP proxy: the operator's word, never judged. */
export interface HttpProxy {
  readonly host: string;
  readonly port: number;
  /** Whether it is itself spoken to over TLS. */
  readonly secure: boolean;
  /** `Proxy-Authorization`; a secret. */
  readonly authorization: string | undefined;
}

export interface Proxies {
  /** For http targets. */
  readonly http: HttpProxy | undefined;
  /** For https targets. */
  readonly https: HttpProxy | undefined;
  /** Whether a host is reached without them. */
  readonly bypassed: (host: string, port: number) => boolean;
}

export const NO_PROXIES: Proxies = { http: undefined, https: undefined, bypassed: () => false };

/** Reads `http://user:password@host:port`. @throws TriplineError invalid, which repeats nothing of it */
export function parseProxy(text: string): HttpProxy {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw invalid('a proxy is given as http://host:port or https://host:port');
  }
  const secure = url.protocol === 'https:';
  const user = `${querystring.unescape(url.username)}:${querystring.unescape(url.password)}`;
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port || (secure ? 443 : 80)),
    secure,
    authorization: user === ':' ? undefined : `Basic ${Buffer.from(user).toString('base64')}`,
  };
}

/**
 * Reads NO_PROXY: hosts (with the names below them, with or without a leading dot), addresses and networks, each
 * perhaps with a port; `*` for all.
 *
 * @throws TriplineError invalid, naming the entry at fault
 */
export function parseBypass(entries: readonly string[]): Proxies['bypassed'] {
  const rules = entries.map(parseRule);
  return (host, port) => rules.some((rule) => rule(host.toLowerCase().replace(/\.$/, ''), port));
}

function parseRule(entry: string): Proxies['bypassed'] {
  if (entry === '*') return () => true;
  const [, bare = entry, portText] = /^(\[.*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
  const { hosts, networks } = parseAllowList([bare.replace(/^\*?\./, '')]);
  return (host, port) => {
    if (portText !== undefined && Number(portText) !== port) return false;
    const address = parseAddress(host);
    if (address !== undefined) return isWithin(address, networks);
    return [...hosts].some((name) => host === name || host.endsWith(`.${name}`));
  };
}

/**
 * The proxy by which a target is reached; `undefined` when it is reached directly. This machine always is: to a
 * proxy, loopback would be its own.
 */
export function proxyFor({ host, port, secure }: Target, proxies: Proxies): HttpProxy | undefined {
  const proxy = secure ? proxies.https : proxies.http;
  return proxy === undefined || isThisMachine(host) || proxies.bypassed(host, port) ? undefined : proxy;
}

function isThisMachine(host: string): boolean {
  const address = parseAddress(host);
  return address === undefined ? /^(.*\.)?localhost\.?$/.test(host) : isWithin(address, LOOPBACK);
}

/** Path and headers of a plain request as a proxy reads them (RFC 9112, section 3.2.2). */
export function forProxy(
  { origin, proxy }: { readonly origin: string; readonly proxy: HttpProxy },
  path: string,
  headers: Readonly<Record<string, string>>,
): readonly [string, Readonly<Record<string, string>>] {
  return [`${origin}${path}`, { ...headers, ...credentials(proxy) }];
}

/** The header by which a proxy knows its user. */
export function credentials({ authorization }: HttpProxy): Readonly<Record<string, string>> {
  return authorization === undefined ? {} : { 'Proxy-Authorization': authorization };
}
