import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { rootCertificates } from 'node:tls';
import ipaddr from 'ipaddr.js';
import type { Logger } from 'pino';
import { invalid } from '../model/error.ts';
import { type Outbound, openOutbound } from '../outbound/client.ts';
import { nameServerLookup } from '../outbound/lookup.ts';
import type { Settings } from './settings/schema.ts';

/** The one way out, as the operator set it. @throws TriplineError invalid when the authorities cannot be read */
export function openGuarded(settings: Settings, logger: Pick<Logger, 'warn'>): Outbound {
  const { nameServer, deliveryCa, httpProxy, httpsProxy, noProxy } = settings;
  return openOutbound({
    policy: { allow: settings.deliveryAllow, loopbackAllowed: servesLoopbackOnly(settings) },
    ...(nameServer === undefined ? {} : { lookup: nameServerLookup(nameServer) }),
    proxies: { http: httpProxy, https: httpsProxy, bypassed: noProxy },
    ...(deliveryCa === undefined ? {} : { authorities: [...rootCertificates, ...readAuthorities(deliveryCa)] }),
    onRefused: (host, address) => logger.warn({ host, address }, 'a delivery was refused because of its address'),
  });
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function readAuthorities(file: string): readonly string[] {
  try {
    const found = readFileSync(file, 'utf8').match(CERTIFICATE) ?? [];
    for (const certificate of found) new X509Certificate(certificate);
    if (found.length > 0) return found;
  } catch (error) {
    throw invalid(`--delivery-ca ${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  throw invalid(`--delivery-ca ${file} holds no certificate in PEM`);
}

/**
 * Whether nobody but this machine's own users can reach the server: only then may it deliver to loopback, so that a
 * laptop works at once (automations, section 4.6).
 */
export function servesLoopbackOnly({
  host,
  publicUrl,
  trustedProxies,
}: Pick<Settings, 'host' | 'publicUrl' | 'trustedProxies'>): boolean {
  const names = publicUrl === undefined ? [host] : [host, new URL(publicUrl).hostname];
  return trustedProxies.length === 0 && names.every(isLoopback);
}

function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  if (bare === 'localhost') return true;
  return isIP(bare) !== 0 && ipaddr.process(bare).range() === 'loopback';
}
