import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusalOf } from './address-guard.ts';
import { NOTHING_ALLOWED, parseAllowList } from './allow-list.ts';

const CLOSED = { allow: NOTHING_ALLOWED, loopbackAllowed: false };

const HOSTILE = [
  '127.0.0.1',
  '127.255.255.254',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.1',
  '017700000001',
  '127.1',
  '0.0.0.0',
  '0',
  '[::1]',
  '::',
  '0:0:0:0:0:0:0:1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::127.0.0.1',
  '::ffff:0:127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '2002:7f00:1::',
  '2001::1',
  '10.0.0.1',
  '0xa.0.0.1',
  '::ffff:10.0.0.1',
  '100.64.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '192.0.0.8',
  '198.18.0.1',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  'fc00::1',
  'fdff::1',
  'fec0::1',
  'ff02::1',
  '169.254.169.254',
  '0xa9fea9fe',
  '::ffff:169.254.169.254',
  'fe80::1%eth0',
  'fd00:ec2::254',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.2.1',
  '192.88.99.1',
  '198.51.100.7',
  '203.0.113.9',
  '100::1',
  '2001:db8::1',
  '2001:2::1',
  '3fff::1',
  '5f00::1',
  '4000::1',
  '2606:4700::5efe:10.0.0.1',
  '2001:0:1:2::',
];

const METADATA = [
  '169.254.169.254',
  '2852039166',
  '::ffff:a9fe:a9fe',
  '64:ff9b::a9fe:a9fe',
  '2002:a9fe:a9fe::1',
  'fe80::1',
  'fd00:ec2::254',
  'fd20:ce::254',
  'fd00:42::42',
  '192.0.0.192',
  '100.100.100.200',
  '168.63.129.16',
  '64:ff9b:1:a9fe:a9:fe00::',
  '64:ff9b:1::a9fe:a9fe',
  '::ffff:0:169.254.169.254',
  '::169.254.169.254',
  '2001:0:a9fe:a9fe::1',
  '2001:0:808:808::5601:5601',
  '2606:4700::200:5efe:169.254.169.254',
];

const PUBLIC = ['1.1.1.1', '8.8.8.8', '172.32.0.1', '100.128.0.1', '192.1.0.1', '2606:4700::1111', '::ffff:8.8.8.8'];

test('AUT-117: every form of a private, loopback or metadata address is refused, with the setting named', () => {
  for (const address of HOSTILE) {
    assert.match(refusalOf(address, address, CLOSED) ?? 'not refused', /--delivery-allow/, address);
  }
});

test('AUT-117: a metadata address is refused even where everything is allowed', () => {
  const open = { allow: parseAllowList(['0.0.0.0/0', '::/0', 'metadata.internal']), loopbackAllowed: true };
  for (const address of METADATA) {
    assert.match(refusalOf(address, 'metadata.internal', open) ?? 'not refused', /metadata address/, address);
  }
});

test('public addresses need no permission', () => {
  for (const address of PUBLIC) assert.equal(refusalOf(address, address, CLOSED), undefined, address);
});

test('a network, a single address or a host name opens just itself', () => {
  const policy = { allow: parseAllowList(['10.1.0.0/16', '192.168.1.7', 'Hooks.Internal.']), loopbackAllowed: false };
  assert.equal(refusalOf('10.1.2.3', 'a', policy), undefined);
  assert.equal(refusalOf('::ffff:10.1.2.3', 'a', policy), undefined);
  assert.equal(refusalOf('192.168.1.7', 'a', policy), undefined);
  assert.equal(refusalOf('172.16.0.1', 'hooks.internal', policy), undefined);
  assert.notEqual(refusalOf('10.2.0.1', 'a', policy), undefined);
  assert.notEqual(refusalOf('192.168.1.8', 'a', policy), undefined);
  assert.notEqual(refusalOf('172.16.0.1', 'evil-hooks.internal', policy), undefined);
});

test('an allowed network of a gateway opens no private address behind it', () => {
  const policy = { allow: parseAllowList(['64:ff9b::/96', '2002::/16']), loopbackAllowed: false };
  assert.equal(refusalOf('64:ff9b::8.8.8.8', 'a', policy), undefined);
  for (const address of ['64:ff9b::10.0.0.1', '64:ff9b::127.0.0.1', '2002:7f00:1::1']) {
    assert.notEqual(refusalOf(address, 'a', policy), undefined, address);
  }
});

test('a refusal names the host as given, and never what a name resolved to', () => {
  assert.match(refusalOf('10.9.8.7', 'hooks.example', CLOSED) ?? '', /^hooks\.example resolves to a private/);
  assert.doesNotMatch(refusalOf('10.9.8.7', 'hooks.example', CLOSED) ?? '', /10\.9/);
  assert.match(refusalOf('10.9.8.7', '10.9.8.7', CLOSED) ?? '', /^10\.9\.8\.7 is a private/);
});

test('the loopback exception opens loopback and nothing else', () => {
  const policy = { allow: NOTHING_ALLOWED, loopbackAllowed: true };
  for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
    assert.equal(refusalOf(address, 'localhost', policy), undefined);
  }
  for (const address of ['0.0.0.0', '10.0.0.1', '::', '169.254.169.254']) {
    assert.notEqual(refusalOf(address, 'localhost', policy), undefined);
  }
});

test('a setting that is no host, address or network is refused with the entry named', () => {
  for (const entry of ['10.0.0.0/33', 'http://a', 'a b', '', '*.example.com', '10.0.0.0/8/8']) {
    assert.throws(() => parseAllowList([entry]), { code: 'invalid' }, entry);
  }
});
