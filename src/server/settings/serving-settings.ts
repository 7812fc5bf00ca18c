import { defaultDataFolder } from './default-data-folder.ts';
import type { Definitions } from './definition.ts';
import * as parse from './parsers.ts';

/** Where the program listens, and where it keeps what it knows. */
export const SERVING = {
  config: {
    flag: '--config <file>',
    variable: 'TRIPLINE_CONFIG',
    description: 'YAML file with settings, each named like its flag without the dashes',
    accepts: 'the path of a file',
    schema: parse.path.optional(),
  },
  host: {
    flag: '--host <address>',
    variable: 'TRIPLINE_HOST',
    fileKey: 'host',
    description: 'address to listen on; 0.0.0.0 for every IPv4 address',
    accepts: 'an IP address or a host name of this machine',
    fallback: () => '127.0.0.1',
    schema: parse.listenHost,
  },
  port: {
    flag: '--port <number>',
    variable: 'TRIPLINE_PORT',
    fileKey: 'port',
    description: 'port to listen on; 0 takes any that is free',
    accepts: 'a number from 0 to 65535',
    fallback: () => '8080',
    schema: parse.port,
  },
  data: {
    flag: '--data <folder>',
    variable: 'TRIPLINE_DATA',
    fileKey: 'data',
    description: 'folder for the embedded database, the files and the master key',
    accepts: 'the path of a folder',
    fallback: defaultDataFolder,
    schema: parse.path,
  },
  databaseUrl: {
    flag: '--database-url <url>',
    variable: 'DATABASE_URL',
    fileKey: 'database-url',
    description: 'PostgreSQL server to use instead of the embedded database',
    accepts: 'an address like postgres://user:password@host:5432/database',
    schema: parse.databaseUrl.optional(),
    secret: true,
  },
  publicUrl: {
    flag: '--public-url <url>',
    variable: 'TRIPLINE_PUBLIC_URL',
    fileKey: 'public-url',
    description: "address under which clients reach Tripline; without it the request's own host counts",
    accepts: 'an address like https://tripline.example.com, without a path',
    schema: parse.publicUrl.optional(),
  },
  trustedProxies: {
    flag: '--trusted-proxies <list>',
    variable: 'TRIPLINE_TRUSTED_PROXIES',
    fileKey: 'trusted-proxies',
    description: 'addresses and CIDRs of reverse proxies whose forwarded headers are believed',
    accepts: 'addresses and CIDRs, separated by commas',
    fallback: () => '',
    schema: parse.cidrs,
  },
} as const satisfies Definitions;
