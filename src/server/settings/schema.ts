import type { z } from 'zod';
import { defaultDataFolder } from './default-data-folder.ts';
import * as parse from './parsers.ts';

/** All that is known about one setting. Flags, variables, the file, the help and the types follow from it. */
export interface Definition {
  /** As commander writes it. Secrets have none: a command line is visible to every user of the machine. */
  readonly flag?: `--${string}`;
  readonly variable: string;
  /** Another name by which programs know the variable; it counts when the first is absent. */
  readonly otherVariable?: string;
  /** Key in the configuration file; without one the setting cannot stand there. */
  readonly fileKey?: string;
  readonly description: string;
  /** What a refusal says is accepted. */
  readonly accepts: string;
  /** The text that counts when nothing is said; the schema of a setting without one is optional. */
  readonly fallback?: (env: Readonly<NodeJS.ProcessEnv>) => string;
  readonly schema: z.ZodType<unknown, string | undefined>;
  /** Its value is never shown. */
  readonly secret?: true;
  /** Not in the help: for Tripline's own tests. */
  readonly hidden?: true;
}

export const SETTINGS = {
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
  ingestMemory: {
    flag: '--ingest-memory <MiB>',
    variable: 'TRIPLINE_INGEST_MEMORY',
    fileKey: 'ingest-memory',
    description: 'MiB of history that may be on its way to disk; clients are asked to wait with what comes on top',
    accepts: 'a number of MiB from 1 to 65536',
    fallback: () => '64',
    schema: parse.mebibytes,
  },
  tenantsPerTransaction: {
    flag: '--tenants-per-transaction <number>',
    variable: 'TRIPLINE_TENANTS_PER_TRANSACTION',
    fileKey: 'tenants-per-transaction',
    description: 'how many teams may share a transaction that stores history; 1 for a distributed database',
    accepts: 'a number from 1 to 16',
    fallback: () => '16',
    schema: parse.wholeNumber(1, 16),
  },
  windowMemory: {
    flag: '--window-memory <MiB>',
    variable: 'TRIPLINE_WINDOW_MEMORY',
    fileKey: 'window-memory',
    description: 'MiB for the newest values of watched metrics; what has no room is read from history again',
    accepts: 'a number of MiB from 1 to 65536',
    fallback: () => '256',
    schema: parse.mebibytes,
  },
  webhookInFlight: {
    flag: '--webhook-in-flight <number>',
    variable: 'TRIPLINE_WEBHOOK_IN_FLIGHT',
    fileKey: 'webhook-in-flight',
    description: 'requests that may be on their way to one webhook at once',
    accepts: 'a number from 1 to 10000',
    fallback: () => '10',
    schema: parse.wholeNumber(1, 10000),
  },
  webhookPerSecond: {
    flag: '--webhook-per-second <number>',
    variable: 'TRIPLINE_WEBHOOK_PER_SECOND',
    fileKey: 'webhook-per-second',
    description: 'requests a second that one webhook is sent at most',
    accepts: 'a number from 1 to 1000000',
    fallback: () => '20',
    schema: parse.wholeNumber(1, 1000000),
  },
  deliveriesInFlight: {
    flag: '--deliveries-in-flight <number>',
    variable: 'TRIPLINE_DELIVERIES_IN_FLIGHT',
    fileKey: 'deliveries-in-flight',
    description: 'requests that may be on their way to all webhooks at once',
    accepts: 'a number from 1 to 10000',
    fallback: () => '500',
    schema: parse.wholeNumber(1, 10000),
  },
  floodAtOnce: {
    flag: '--flood-at-once <number>',
    variable: 'TRIPLINE_FLOOD_AT_ONCE',
    fileKey: 'flood-at-once',
    description: 'executions of one automation that start at once; what comes faster waits for its turn',
    accepts: 'a number from 1 to 1000000',
    fallback: () => '120',
    schema: parse.wholeNumber(1, 1000000),
  },
  floodPerMinute: {
    flag: '--flood-per-minute <number>',
    variable: 'TRIPLINE_FLOOD_PER_MINUTE',
    fileKey: 'flood-per-minute',
    description: 'turns a minute that waiting executions of one automation get',
    accepts: 'a number from 1 to 1000000',
    fallback: () => '60',
    schema: parse.wholeNumber(1, 1000000),
  },
  floodWaiting: {
    flag: '--flood-waiting <number>',
    variable: 'TRIPLINE_FLOOD_WAITING',
    fileKey: 'flood-waiting',
    description: 'executions of one automation that may wait; further ones are skipped',
    accepts: 'a number from 1 to 1000000',
    fallback: () => '1000',
    schema: parse.wholeNumber(1, 1000000),
  },
  floodPerDay: {
    flag: '--flood-per-day <number>',
    variable: 'TRIPLINE_FLOOD_PER_DAY',
    fileKey: 'flood-per-day',
    description: 'executions of one automation made within 24 hours; further ones are skipped',
    accepts: 'a number from 1 to 100000000',
    fallback: () => '10000',
    schema: parse.wholeNumber(1, 100000000),
  },
  executionDays: {
    flag: '--execution-days <number>',
    variable: 'TRIPLINE_EXECUTION_DAYS',
    fileKey: 'execution-days',
    description: 'days for which executions are kept; then whole months go, but for the newest of each automation',
    accepts: 'a number from 31 to 36500',
    fallback: () => '90',
    schema: parse.wholeNumber(31, 36500),
  },
  executionsNewest: {
    flag: '--executions-newest <number>',
    variable: 'TRIPLINE_EXECUTIONS_NEWEST',
    fileKey: 'executions-newest',
    description: 'executions of each automation that are kept however old they are',
    accepts: 'a number from 0 to 1000000',
    fallback: () => '1000',
    schema: parse.wholeNumber(0, 1000000),
  },
  liveReaders: {
    flag: '--live-readers <number>',
    variable: 'TRIPLINE_LIVE_READERS',
    fileKey: 'live-readers',
    description: 'connections of pages and programs that are told of changes as they happen',
    accepts: 'a number from 0 to 100000',
    fallback: () => '1000',
    schema: parse.wholeNumber(0, 100000),
  },
  liveReadersPerPerson: {
    flag: '--live-readers-per-person <number>',
    variable: 'TRIPLINE_LIVE_READERS_PER_PERSON',
    fileKey: 'live-readers-per-person',
    description: 'how many of those may be of one person',
    accepts: 'a number from 0 to 100000',
    fallback: () => '20',
    schema: parse.wholeNumber(0, 100000),
  },
  slackClientId: {
    flag: '--slack-client-id <id>',
    variable: 'TRIPLINE_SLACK_CLIENT_ID',
    fileKey: 'slack-client-id',
    description: 'client id of the Slack app by which teams connect channels',
    accepts: 'the id that Slack shows for the app',
    schema: parse.text.optional(),
  },
  slackClientSecret: {
    variable: 'TRIPLINE_SLACK_CLIENT_SECRET',
    fileKey: 'slack-client-secret',
    description: 'client secret of that Slack app',
    accepts: 'the secret that Slack shows for the app',
    schema: parse.text.optional(),
    secret: true,
  },
  slackUrl: {
    flag: '--slack-url <url>',
    variable: 'TRIPLINE_SLACK_URL',
    fileKey: 'slack-url',
    description: 'address of Slack, or of a server that speaks like it',
    accepts: 'an address like https://slack.com, without a path',
    fallback: () => 'https://slack.com',
    schema: parse.publicUrl,
  },
  logLevel: {
    flag: '--log-level <level>',
    variable: 'TRIPLINE_LOG_LEVEL',
    fileKey: 'log-level',
    description: 'how much is logged: fatal, error, warn, info, debug or trace',
    accepts: 'fatal, error, warn, info, debug or trace',
    fallback: () => 'info',
    schema: parse.logLevel,
  },
  demo: {
    flag: '--demo',
    variable: 'TRIPLINE_DEMO',
    fileKey: 'demo',
    description: 'run a demonstration: a training run crosses a line, and a webhook arrives',
    accepts: 'true or false',
    fallback: () => 'false',
    schema: parse.onOrOff,
  },
  adminApiKey: {
    variable: 'TRIPLINE_ADMIN_API_KEY',
    fileKey: 'admin-api-key',
    description: "first administrator's API key, for automated installations; else one is made and shown once",
    accepts: '40 to 512 printable ASCII characters without spaces',
    schema: parse.apiKey.optional(),
    secret: true,
  },
  masterKey: {
    variable: 'TRIPLINE_MASTER_KEY',
    fileKey: 'master-key',
    description: 'seals stored secrets and signs URLs; else one is made in the data folder (master.key)',
    accepts: 'at least 32 characters, random ones',
    schema: parse.masterKey.optional(),
    secret: true,
  },
  newMasterKey: {
    variable: 'TRIPLINE_NEW_MASTER_KEY',
    fileKey: 'new-master-key',
    description: "the master key to come, known beside the other one for 'tripline secrets rotate-master-key'",
    accepts: 'at least 32 characters, random ones',
    schema: parse.masterKey.optional(),
    secret: true,
  },
  testClock: {
    variable: 'TRIPLINE_TEST_CLOCK',
    description: "file with milliseconds to add to the database's time",
    accepts: 'the path of a file',
    schema: parse.path.optional(),
    hidden: true,
  },
} as const satisfies Record<string, Definition>;

export type SettingName = keyof typeof SETTINGS;

/** Every setting with its typed value. `data` and other paths are absolute. */
export type Settings = { readonly [Name in SettingName]: z.output<(typeof SETTINGS)[Name]['schema']> };

/** The table with its names, typed alike for code that treats all settings the same. */
export const DEFINITIONS: readonly (readonly [SettingName, Definition])[] = Object.entries(SETTINGS) as [
  SettingName,
  Definition,
][];
