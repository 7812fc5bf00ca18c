import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SignedAddresses } from './signed-addresses.ts';

const clock = { now: () => 1_800_000_000_000 };
const [old, next, third] = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
];
const grant = { method: 'GET', path: '/files/12' } as const;

test('while the master key is rotated, nodes accept the addresses of one another', () => {
  const [before, after] = [new SignedAddresses([old, next], clock), new SignedAddresses([next, old], clock)];
  for (const [signer, reader] of [
    [before, after],
    [after, before],
  ] as const) {
    assert.equal(reader.verify('GET', signer.sign('', grant)), 'valid');
  }
  assert.equal(new SignedAddresses([next], clock).verify('GET', before.sign('', grant)), 'forged');
  assert.equal(before.verify('GET', new SignedAddresses([third], clock).sign('', grant)), 'forged');
});

test('an address that has expired is told so, whichever key signed it', () => {
  const later = { now: () => clock.now() + 13 * 3_600_000 };
  const address = new SignedAddresses([old], clock).sign('', grant);
  assert.equal(new SignedAddresses([next, old], later).verify('GET', address), 'expired');
});
