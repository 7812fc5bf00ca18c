import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deriveKey, keyCheck, masterKeyFrom } from './master-key.ts';

const master = masterKeyFrom('0123456789abcdef0123456789abcdef');

test('the same text gives the same keys, another text other ones', () => {
  const again = masterKeyFrom('0123456789abcdef0123456789abcdef');
  const other = masterKeyFrom('0123456789abcdef0123456789abcdeg');
  assert.deepEqual(deriveKey(again, 'signed-url'), deriveKey(master, 'signed-url'));
  assert.notDeepEqual(deriveKey(other, 'signed-url'), deriveKey(master, 'signed-url'));
  assert.equal(keyCheck(again), keyCheck(master));
  assert.notEqual(keyCheck(other), keyCheck(master));
});

test('every purpose has a key of 32 bytes of its own', () => {
  const keys = [
    master,
    ...(['signed-url', 'sealing', 'session', 'check'] as const).map((use) => deriveKey(master, use)),
  ];
  assert.equal(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size, 5);
  assert.ok(keys.every((key) => key.length === 32));
});

test('the derivation never changes: what is sealed today is opened by a later Tripline', () => {
  assert.equal(keyCheck(master), 'ab3104fde7f38c32e8b56258e2b651a17eb881a862b70b8fc1ea63ac52ac3530');
});
