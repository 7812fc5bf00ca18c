import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientsThatRefuse, newApiKey } from './api-key-text.ts';

test('keys are made so that every client accepts them', () => {
  assert.equal(clientsThatRefuse(newApiKey()), undefined);
});

test('a key of exactly 40 characters, after a prefix or without one, is accepted by every client', () => {
  for (const key of ['a'.repeat(40), `local-${'A_9'.repeat(13)}z`]) assert.equal(clientsThatRefuse(key), undefined);
});

test('a longer key is refused by old clients, a short or strange one by all; the reason does not tell the key', () => {
  const refused: [string, RegExp][] = [
    ['k'.repeat(43), /^clients before 0\.22\.3 .* it has 43$/],
    [`local-${'k'.repeat(41)}`, /^clients before 0\.22\.3 .* it has 41$/],
    [`kkkkk-${'k'.repeat(34)}`, /^clients refuse it/],
    [`${'k'.repeat(39)}!`, /^clients refuse it/],
  ];
  for (const [key, reason] of refused) {
    const said = clientsThatRefuse(key);
    assert.match(said ?? '', reason);
    assert.ok(!said?.includes('kkk'));
  }
});
