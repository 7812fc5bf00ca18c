import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { asId, type TenantId } from '../model/ids.ts';
import { newDataKey, unwrapDataKey, wrapDataKey } from './data-key.ts';
import { keyCheck, masterKeyFrom } from './master-key.ts';
import { MasterKeys } from './master-keys.ts';
import { type Belonging, seal, unseal } from './sealed.ts';
import { sealValue, unsealValue } from './secret-value.ts';

const key = Buffer.alloc(32, 7);
const own: Belonging = ['secret', '42', 'TOKEN'];
const tenant = (id: string) => asId<TenantId>(id);

test('what is sealed opens again, and never looks the same twice', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (plain) => {
      const [one, two] = [seal(key, plain, own), seal(key, plain, own)];
      assert.deepEqual(Buffer.from(unseal(key, one, own) ?? []), Buffer.from(plain));
      assert.notDeepEqual(one, two);
    }),
  );
});

test('the format never changes: what is sealed today is opened by a later Tripline', () => {
  const sealed = Buffer.from('014ca6ff9fc018d01712409f0952c848cb60357fcb79a08f7b47b9869737f69ba493ac', 'hex');
  assert.equal(Buffer.from(unseal(key, sealed, own) ?? []).toString(), 'höher');
});

test('no change of a single bit, and no cut, is opened', () => {
  const sealed = seal(key, Buffer.from('a value to keep'), own);
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const changed = Buffer.from(sealed);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    assert.equal(unseal(key, changed, own), undefined, `bit ${bit}`);
  }
  for (let length = 0; length < sealed.length; length += 1) {
    assert.equal(unseal(key, sealed.subarray(0, length), own), undefined, `${length} bytes`);
  }
  assert.equal(unseal(Buffer.alloc(32, 8), sealed, own), undefined);
});

test('rows cannot be swapped: a value opens for its own tenant and name only', () => {
  const sealed = sealValue(key, { tenantId: tenant('1'), name: 'A' }, 'a value to keep');
  assert.equal(unsealValue(key, { tenantId: tenant('1'), name: 'A' }, sealed), 'a value to keep');
  assert.equal(unsealValue(key, { tenantId: tenant('2'), name: 'A' }, sealed), undefined);
  assert.equal(unsealValue(key, { tenantId: tenant('1'), name: 'B' }, sealed), undefined);
  const joined = seal(key, Buffer.from('x'), ['secret', '1', '2A']);
  assert.equal(unseal(key, joined, ['secret', '12', 'A']), undefined);
});

test('a data key is unwrapped by the master key that wrapped it, for its own tenant', () => {
  const [old, next] = [
    masterKeyFrom('an old key of the tests, long enough'),
    masterKeyFrom('a new key of the tests, too'),
  ];
  const both = new MasterKeys(old, next);
  const dataKey = newDataKey();
  for (const master of [old, next]) {
    const wrapped = wrapDataKey(both, keyCheck(master), tenant('1'), dataKey);
    assert.ok(wrapped);
    assert.deepEqual(unwrapDataKey(both, wrapped), dataKey);
    assert.deepEqual(unwrapDataKey(new MasterKeys(master), wrapped), dataKey);
    assert.equal(unwrapDataKey(both, { ...wrapped, tenantId: tenant('2') }), undefined);
    const other = master === old ? next : old;
    assert.equal(unwrapDataKey(new MasterKeys(other), wrapped), undefined);
    assert.equal(unwrapDataKey(both, { ...wrapped, wrappedBy: keyCheck(other) }), undefined);
  }
  assert.equal(wrapDataKey(new MasterKeys(old), keyCheck(next), tenant('1'), dataKey), undefined);
});
