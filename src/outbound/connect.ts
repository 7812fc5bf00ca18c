import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';
import type { SendPhase } from '../model/exchange.ts';
import { type AddressPolicy, refusalOf } from './address-guard.ts';
import { SendError, toLookupError, toSendError } from './failure.ts';
import type { Limit } from './limit.ts';
import type { Lookup } from './lookup.ts';
import { type HttpProxy, type Proxies, proxyFor, type Target } from './proxies.ts';
import { isInner, parseAddress } from './ranges.ts';
import { openTunnel } from './tunnel.ts';

export interface ConnectOptions {
  readonly policy: AddressPolicy;
  readonly lookup: Lookup;
  /** For each address, and for the TLS handshake. */
  readonly connectTimeoutMs: number;
  readonly proxies: Proxies;
  /** Whose certificates are accepted. */
  readonly authorities: tls.SecureContext;
  /** Told of every refused address: an error shows it to nobody. */
  readonly onRefused: (host: string, address: string) => void;
}

/** How far one request has come; written by the connector, read when the request fails. */
export interface Progress {
  phase: SendPhase;
  address: string | undefined;
  socket: net.Socket | undefined;
  /** Bytes that the socket had sent before, for earlier requests. */
  sentBefore: number;
}

/**
 * Opens a connection to the first address of a host that answers. Every address is checked here, at connect
 * time, and it is the checked address that is connected to: a name that resolves differently the second time
 * gains nothing. One refused address refuses the host. Where a proxy is set, it is asked only for a host that
 * passed, and decides from there on.
 *
 * @throws SendError
 */
export async function openConnection(
  target: Target,
  options: ConnectOptions,
  progress: Progress,
  limit: Limit,
): Promise<net.Socket> {
  if (parseAddress(target.host) !== undefined) progress.phase = 'connect';
  const addresses = await resolve(target.host, options, limit);
  progress.phase = 'connect';
  const proxy = proxyFor(target, options.proxies);
  const socket =
    proxy === undefined
      ? await connectFirst(addresses, target.port, options, limit)
      : await connectThrough(proxy, target, options, limit);
  // a proxy's address is the operator's matter
  if (proxy === undefined) progress.address = shownAddress(target.host, socket.remoteAddress, options);
  if (!target.secure) return socket;
  progress.phase = 'tls';
  return handshake(socket, target.host, options, limit);
}

/**
 * The address connected to, without an inner one that a name led to: nobody maps the network by allowed names. A server
 * that may deliver to loopback has no users but this machine's own.
 */
function shownAddress(host: string, connected: string | undefined, { policy }: ConnectOptions): string | undefined {
  if (policy.loopbackAllowed || parseAddress(host) !== undefined) return connected;
  const address = parseAddress(connected ?? '');
  return address === undefined || isInner(address) ? undefined : connected;
}

/** A way to the target that its proxy keeps: a tunnel, or for http the connection to the proxy itself. */
async function connectThrough(
  proxy: HttpProxy,
  target: Target,
  options: ConnectOptions,
  limit: Limit,
): Promise<net.Socket> {
  // the proxy is the operator's word: it is not judged, and the system knows its name
  const open = net.connect({ host: proxy.host, port: proxy.port });
  const plain = await ready(open, 'connect', options, limit);
  const socket = proxy.secure ? await handshake(plain, proxy.host, options, limit) : plain;
  return target.secure ? openTunnel(socket, target, proxy, limit) : socket;
}

async function resolve(host: string, options: ConnectOptions, limit: Limit): Promise<readonly string[]> {
  const literal = parseAddress(host);
  const addresses = literal === undefined ? await lookUp(host, options.lookup, limit) : [literal.toString()];
  for (const address of addresses) {
    const refusal = refusalOf(address, host, options.policy);
    if (refusal === undefined) continue;
    options.onRefused(host, address);
    throw new SendError('blocked', refusal);
  }
  return addresses;
}

async function lookUp(host: string, lookup: Lookup, limit: Limit): Promise<readonly string[]> {
  const stopped = new Promise<never>((_resolve, reject) => limit.onEnd(reject));
  const found = lookup(host).catch((error: unknown) => Promise.reject(toLookupError(error)));
  const addresses = await Promise.race([found, stopped]);
  if (addresses.length === 0) throw new SendError('dns', 'the host name has no address');
  return addresses;
}

async function connectFirst(
  addresses: readonly string[],
  port: number,
  options: ConnectOptions,
  limit: Limit,
): Promise<net.Socket> {
  let failure: SendError | undefined;
  for (const address of addresses) {
    try {
      const socket = net.connect({ host: address, port, autoSelectFamily: false });
      return await ready(socket, 'connect', options, limit);
    } catch (error) {
      failure = toSendError(error);
      if (limit.reason !== undefined) break;
    }
  }
  throw failure ?? new SendError('dns', 'the host name has no address');
}

function handshake(socket: net.Socket, host: string, options: ConnectOptions, limit: Limit) {
  const name = host.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  const servername = parseAddress(name) === undefined ? name : '';
  const secureContext = options.authorities;
  const secured = tls.connect({ socket, host: name, servername, secureContext, ALPNProtocols: ['http/1.1'] });
  return ready(secured, 'secureConnect', options, limit);
}

/** Waits until a socket is ready; destroys it when that takes too long or the request is given up. */
async function ready<Socket extends net.Socket>(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  options: ConnectOptions,
  limit: Limit,
): Promise<Socket> {
  const timer = setTimeout(
    () => socket.destroy(new SendError('timeout', `no connection within ${options.connectTimeoutMs / 1000} s`)),
    options.connectTimeoutMs,
  );
  limit.onEnd((reason) => socket.destroy(reason));
  try {
    await once(socket, event);
    return socket.setNoDelay(true);
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
    limit.onEnd(undefined);
  }
}
