import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asId, type EntityId, type UserId } from '../model/ids.ts';
import { masterKeyFrom } from './master-key.ts';
import { MasterKeys } from './master-keys.ts';
import { newNonce, signState, verifyState } from './signed-state.ts';

const old = masterKeyFrom('a master key of thirty-two characters');
const next = masterKeyFrom('another master key of that many characters');
const STATE = {
  userId: asId<UserId>('1'),
  entityId: asId<EntityId>('2'),
  session: null,
  redirectUri: 'https://host/slack/callback',
  nonce: newNonce(),
  expiresAt: 1000,
};

test('a state reads back until it expires, also while the master key is being rotated', () => {
  const text = signState(new MasterKeys(old), STATE);
  assert.match(text, /^[\w.-]+$/);
  assert.deepEqual(verifyState(new MasterKeys(old), text, 999), STATE);
  assert.deepEqual(verifyState(new MasterKeys(next, old), text, 999), STATE);
  assert.equal(verifyState(new MasterKeys(old), text, 1000), 'expired');
});

test('a state of another server, or one that was changed, is forged', () => {
  const keys = new MasterKeys(old);
  const text = signState(keys, STATE);
  const [, signature = ''] = text.split('.');
  const changed = Buffer.from(JSON.stringify({ ...STATE, entityId: '3' })).toString('base64url');
  const texts = [signState(new MasterKeys(next), STATE), `${changed}.${signature}`, `${text}x`, `${text.slice(0, -4)}`];
  for (const each of [...texts, '', '.', 'x.y', `${text}.z`]) {
    assert.equal(verifyState(keys, each, 0), 'forged', each);
  }
});
