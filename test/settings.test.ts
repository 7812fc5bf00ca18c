import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openGuarded } from '../src/server/open-guarded.ts';
import { defaultDataFolder } from '../src/server/settings/default-data-folder.ts';
import { type Flags, loadSettings, readSettings } from '../src/server/settings/load.ts';
import { DEFINITIONS } from '../src/server/settings/schema.ts';
import { tellSettings } from '../src/server/settings/tell.ts';
import { certificateFile } from './support/hostile-receivers.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const KEY = 'k'.repeat(40);

function file(text: string): string {
  const path = join(temporaryFolder(), 'tripline.yaml');
  writeFileSync(path, text);
  return path;
}

/** The line with which a start with these settings ends. */
function refusal(flags: Flags, env: NodeJS.ProcessEnv = {}): string {
  try {
    loadSettings(flags, env);
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return 'accepted';
}

test('without any source the defaults count', () => {
  const { data, noProxy, ...settings } = loadSettings({}, { HOME: '/home/ann' });
  assert.equal(noProxy('localhost', 80), false);
  assert.deepEqual(settings, {
    config: undefined,
    host: '127.0.0.1',
    ingestMemory: 64 * 1024 ** 2,
    tenantsPerTransaction: 16,
    webhookInFlight: 10,
    webhookPerSecond: 20,
    liveReaders: 1000,
    liveReadersPerPerson: 20,
    deliveriesInFlight: 500,
    executionDays: 90,
    executionsNewest: 1000,
    floodAtOnce: 120,
    floodPerMinute: 60,
    floodWaiting: 1000,
    floodPerDay: 10_000,
    port: 8080,
    databaseUrl: undefined,
    publicUrl: undefined,
    slackClientId: undefined,
    slackClientSecret: undefined,
    slackUrl: 'https://slack.com',
    trustedProxies: [],
    deliveryAllow: { hosts: new Set(), networks: [] },
    deliveryCa: undefined,
    nameServer: undefined,
    httpProxy: undefined,
    httpsProxy: undefined,
    windowMemory: 256 * 1024 ** 2,
    blobs: undefined,
    s3Bucket: undefined,
    s3Endpoint: undefined,
    s3Region: 'us-east-1',
    s3Prefix: '',
    s3PathStyle: false,
    s3DirectUrl: undefined,
    s3AccessKeyId: undefined,
    s3SecretAccessKey: undefined,
    entitySpace: undefined,
    logLevel: 'info',
    demo: false,
    adminApiKey: undefined,
    masterKey: undefined,
    newMasterKey: undefined,
    testClock: undefined,
  });
  assert.equal(data, defaultDataFolder({ HOME: '/home/ann' }));
});

test('a flag counts before the variable, the variable before the file, the file before the default', () => {
  const config = file('port: 7001\nhost: 0.0.0.0\nlog-level: debug\ndemo: true\n');
  const settings = loadSettings({ config, port: '7003' }, { TRIPLINE_PORT: '7002', TRIPLINE_HOST: '127.0.0.2' });
  assert.equal(settings.port, 7003);
  assert.equal(settings.host, '127.0.0.2');
  assert.equal(settings.logLevel, 'debug');
  assert.equal(settings.demo, true);
  assert.equal(loadSettings({}, { TRIPLINE_CONFIG: config, TRIPLINE_PORT: '' }).port, 7001, 'empty counts as absent');
});

test('every setting becomes a typed value', () => {
  const settings = loadSettings(
    { data: './here', publicUrl: 'https://Tripline.example.com/', trustedProxies: '10.0.0.1, fd00::/8', demo: true },
    {
      DATABASE_URL: 'postgres://me@db/tripline',
      TRIPLINE_DELIVERY_ALLOW: 'hooks.internal,10.0.0.0/8',
      TRIPLINE_ADMIN_API_KEY: KEY,
      TRIPLINE_MASTER_KEY: 'm'.repeat(32),
      TRIPLINE_TEST_CLOCK: 'clock',
      TRIPLINE_WINDOW_MEMORY: '2048',
    },
  );
  assert.equal(settings.windowMemory, 2_147_483_648);
  assert.equal(settings.data, resolve('here'));
  assert.equal(settings.publicUrl, 'https://tripline.example.com');
  assert.deepEqual(settings.trustedProxies, ['10.0.0.1/32', 'fd00::/8']);
  assert.equal(settings.demo, true);
  assert.equal(settings.databaseUrl, 'postgres://me@db/tripline');
  assert.deepEqual([...settings.deliveryAllow.hosts], ['hooks.internal']);
  assert.equal(settings.deliveryAllow.networks.length, 1);
  assert.equal(settings.adminApiKey, KEY);
  assert.equal(settings.masterKey, 'm'.repeat(32));
  assert.equal(settings.testClock, resolve('clock'));
});

test('the file takes lists, and texts that look like numbers stay as they are written', () => {
  const digits = '0123456789'.repeat(4);
  const config = file(`delivery-allow:\n  - a.internal\n  - 10.1.0.0/16\nadmin-api-key: ${digits}\n`);
  const settings = loadSettings({ config }, {});
  assert.deepEqual([...settings.deliveryAllow.hosts], ['a.internal']);
  assert.equal(settings.adminApiKey, digits);
});

test('a bad setting is named with its value and what is accepted', () => {
  const lines: [Flags, NodeJS.ProcessEnv, string][] = [
    [{ port: '65536' }, {}, "--port '65536' is not accepted: give a number from 0 to 65535."],
    [{}, { TRIPLINE_PORT: '80a' }, "TRIPLINE_PORT '80a' is not accepted: give a number from 0 to 65535."],
    [{ host: 'a b' }, {}, "--host 'a b' is not accepted: give an IP address or a host name of this machine."],
    [{ host: '1.2.3' }, {}, "--host '1.2.3' is not accepted: give an IP address or a host name of this machine."],
    [{ data: '' }, {}, "--data '' is not accepted: give the path of a folder."],
    [
      { publicUrl: 'https://a.example/path' },
      {},
      "--public-url 'https://a.example/path' is not accepted: give an address like https://tripline.example.com, without a path.",
    ],
    [
      { publicUrl: 'ftp://a.example' },
      {},
      "--public-url 'ftp://a.example' is not accepted: give an address like https://tripline.example.com, without a path.",
    ],
    [
      { trustedProxies: '10.0.0.0/33' },
      {},
      "--trusted-proxies '10.0.0.0/33' is not accepted: give addresses and CIDRs, separated by commas.",
    ],
    [
      { deliveryAllow: 'ok.example,not ok' },
      {},
      "--delivery-allow 'ok.example,not ok' is not accepted ('not ok' is neither a host name nor an address nor a network such as 10.0.0.0/8): give host names, addresses and CIDRs, separated by commas.",
    ],
    [{ logLevel: 'loud' }, {}, "--log-level 'loud' is not accepted: give fatal, error, warn, info, debug or trace."],
    [{}, { TRIPLINE_DEMO: 'maybe' }, "TRIPLINE_DEMO 'maybe' is not accepted: give true or false."],
  ];
  for (const [flags, env, line] of lines) assert.equal(refusal(flags, env), line);
});

test('the value of a secret is never shown', () => {
  assert.equal(
    refusal({}, { TRIPLINE_ADMIN_API_KEY: 'my short secret' }),
    'TRIPLINE_ADMIN_API_KEY is not accepted: give 40 to 512 printable ASCII characters without spaces.',
  );
  assert.equal(
    refusal({}, { TRIPLINE_MASTER_KEY: 'my short secret' }),
    'TRIPLINE_MASTER_KEY is not accepted: give at least 32 characters, random ones.',
  );
  assert.equal(
    refusal({ databaseUrl: 'mysql://me:my-secret@db/x' }),
    '--database-url is not accepted: give an address like postgres://user:password@host:5432/database.',
  );
  assert.ok(!refusal({ config: file('admin-api-key: my-secret\n') }).includes('my-secret'));
});

test('a bad file is named with the key or the place at fault', () => {
  const misspelt = file('prot: 1\n');
  assert.match(
    refusal({ config: misspelt }),
    new RegExp(`^'prot' in ${misspelt} is no setting; these are: host, port, `),
  );
  const nested = file('port:\n  number: 1\n');
  assert.equal(
    refusal({ config: nested }),
    `${nested}: 'port' is not accepted: it must map settings to texts or lists of texts.`,
  );
  const bad = file('port: 70000\n');
  assert.equal(refusal({ config: bad }), `'port' in ${bad} '70000' is not accepted: give a number from 0 to 65535.`);
  assert.match(
    refusal({ config: '/nowhere.yaml' }),
    /^The configuration file \/nowhere\.yaml \(--config\) cannot be read: ENOENT/,
  );
  assert.match(refusal({ config: file('port: [') }), /\(--config\) cannot be read: .* at line 1/);
});

test('the data folder is the place that the system or the user has for such things', {
  skip: process.platform !== 'linux',
}, () => {
  const asUser = (env: NodeJS.ProcessEnv) => {
    const { getuid } = process;
    process.getuid = () => 1000;
    try {
      return defaultDataFolder(env);
    } finally {
      process.getuid = getuid!;
    }
  };
  assert.equal(asUser({ HOME: '/home/ann' }), '/home/ann/.local/share/tripline');
  assert.equal(asUser({ HOME: '/home/ann', XDG_DATA_HOME: '/big/data' }), '/big/data/tripline');
  assert.equal(asUser({ HOME: '/home/ann', XDG_DATA_HOME: 'relative' }), '/home/ann/.local/share/tripline');
});

test('the help of serve names every setting with its variable, and its default if it has one', () => {
  const program = fileURLToPath(new URL('../dist/tripline.js', import.meta.url));
  const help = execFileSync(process.execPath, [program, 'serve', '--help'], { encoding: 'utf8' }).replace(/\s+/g, ' ');
  for (const [name, { flag, variable, fallback, hidden }] of DEFINITIONS) {
    assert.equal(help.includes(variable), hidden !== true, name);
    if (flag !== undefined) assert.ok(help.includes(flag), name);
    const standard = fallback?.(process.env);
    if (standard) assert.ok(help.includes(`default: ${standard}, variable: ${variable}`), name);
  }
});

test('authorities that cannot be read end the start, with the file named', () => {
  const folder = temporaryFolder();
  const open = (text: string | undefined): void => {
    const path = join(folder, 'authorities.pem');
    rmSync(path, { force: true });
    if (text !== undefined) writeFileSync(path, text);
    openGuarded(loadSettings({ deliveryCa: path }, { HOME: folder }), { warn: () => {} });
  };
  const certificate = readFileSync(certificateFile('authority'), 'utf8');
  assert.throws(() => open(undefined), /--delivery-ca .*authorities\.pem cannot be read: ENOENT/);
  assert.throws(() => open(''), /--delivery-ca .*authorities\.pem holds no certificate in PEM/);
  assert.throws(() => open('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'), /holds no certificate/);
  const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
  assert.throws(() => open(certificate + broken), /--delivery-ca .*authorities\.pem cannot be read/);
  open(certificate);
});

test('an operator is told of each setting where it comes from and what changes it, and of no secret', () => {
  const secrets = ['pass-of-the-database', 'pass-of-the-proxy', 'a-client-secret', KEY, 'm'.repeat(32)];
  const [database, proxy, slack = '', , master = ''] = secrets;
  const env = {
    DATABASE_URL: `postgres://ann:${database}@db.example:5433/tripline?sslpassword=${database}`,
    HTTPS_PROXY: `http://ann:${proxy}@proxy.example:3128`,
    TRIPLINE_SLACK_CLIENT_SECRET: slack,
    TRIPLINE_ADMIN_API_KEY: KEY,
    TRIPLINE_MASTER_KEY: master,
    TRIPLINE_TEST_CLOCK: '/clock',
  };
  const config = file('log-level: debug\n');
  const told = tellSettings(readSettings({ config, port: '7003' }, env));
  const of = (name: string) => {
    const { value, source, flag } = told.find(({ variable }) => variable === name)!;
    return [flag, value, source];
  };
  assert.deepEqual(of('TRIPLINE_PORT'), ['--port', '7003', 'flag']);
  assert.deepEqual(of('TRIPLINE_LOG_LEVEL'), ['--log-level', 'debug', 'file']);
  assert.deepEqual(of('TRIPLINE_EXECUTION_DAYS'), ['--execution-days', '90', 'default']);
  assert.deepEqual(of('DATABASE_URL'), ['--database-url', 'postgres://db.example:5433', 'variable']);
  assert.deepEqual(of('HTTPS_PROXY'), [null, 'http://proxy.example:3128', 'variable']);
  assert.deepEqual(of('TRIPLINE_MASTER_KEY'), [null, null, 'variable']);
  assert.deepEqual(of('TRIPLINE_NEW_MASTER_KEY'), [null, null, null]);
  assert.ok(secrets.every((secret) => !JSON.stringify(told).includes(secret)));
  assert.equal(told.length, DEFINITIONS.filter(([, { hidden }]) => !hidden).length);
});
