import type { Definitions } from './definition.ts';
import * as parse from './parsers.ts';

/** How deliveries reach the world. */
export const OUTBOUND = {
  deliveryAllow: {
    flag: '--delivery-allow <list>',
    variable: 'TRIPLINE_DELIVERY_ALLOW',
    fileKey: 'delivery-allow',
    description: 'hosts and CIDRs that deliveries may reach although private or loopback',
    accepts: 'host names, addresses and CIDRs, separated by commas',
    fallback: () => '',
    schema: parse.allowList,
  },
  deliveryCa: {
    flag: '--delivery-ca <file>',
    variable: 'TRIPLINE_DELIVERY_CA',
    fileKey: 'delivery-ca',
    description: 'certificates (PEM) of further authorities that deliveries believe',
    accepts: 'the path of a file',
    schema: parse.path.optional(),
  },
  nameServer: {
    flag: '--name-server <list>',
    variable: 'TRIPLINE_NAME_SERVER',
    fileKey: 'name-server',
    description: "name servers that deliveries ask instead of the system's resolver",
    accepts: 'addresses with or without a port, separated by commas',
    schema: parse.nameServers.optional(),
  },
  httpProxy: {
    variable: 'HTTP_PROXY',
    otherVariable: 'http_proxy',
    fileKey: 'http-proxy',
    description: 'proxy for deliveries to http addresses, after their host was checked',
    accepts: 'an address like http://user:password@proxy.example.com:3128',
    schema: parse.proxy.optional(),
    secret: true,
  },
  httpsProxy: {
    variable: 'HTTPS_PROXY',
    otherVariable: 'https_proxy',
    fileKey: 'https-proxy',
    description: 'the same for https addresses, which it only passes on',
    accepts: 'an address like http://user:password@proxy.example.com:3128',
    schema: parse.proxy.optional(),
    secret: true,
  },
  noProxy: {
    variable: 'NO_PROXY',
    otherVariable: 'no_proxy',
    fileKey: 'no-proxy',
    description: 'what deliveries reach without a proxy; a name stands for those below it, * for everything',
    accepts: 'host names, addresses and CIDRs, separated by commas',
    fallback: () => '',
    schema: parse.proxyBypass,
  },
} as const satisfies Definitions;
