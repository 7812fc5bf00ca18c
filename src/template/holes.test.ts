import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { JsonObject } from '../model/json.ts';
import { fillHoles, fillText, holesIn, maskHoles, maskText } from './holes.ts';
import { parseTemplate } from './parse.ts';
import { render, renderText } from './render.ts';

const SECRETS = new Set(['TOKEN', 'ACCESS_TOKEN']);
const MOST = 1024 * 1024;
const variables = (value: string) => ({
  known: new Set(['v', 'ACCESS_TOKEN']),
  lookup: (name: string) => (name === 'v' ? value : undefined),
});
const keep = (template: JsonObject, value = '') =>
  JSON.stringify(render(parseTemplate(template), variables(value), SECRETS));

test('AUT-109: a kept payload has holes for secrets, which are filled when it is sent and masked when it is shown', () => {
  const kept = keep({ a: 'Bearer ${TOKEN}!', $TOKEN: '${ACCESS_TOKEN}', b: '$TOKENS $TOKEN' });
  assert.deepEqual([...holesIn(kept)].sort(), ['ACCESS_TOKEN', 'TOKEN']);
  const values = (name: string) => `<${name}"\\>`;
  assert.deepEqual(JSON.parse(fillHoles(kept, values, MOST)), {
    a: 'Bearer <TOKEN"\\>!',
    '<TOKEN"\\>': '<ACCESS_TOKEN"\\>',
    b: '$TOKENS <TOKEN"\\>',
  });
  assert.deepEqual(JSON.parse(maskHoles(kept, '#')), { a: 'Bearer #!', '#': '#', b: '$TOKENS #' });
});

test('expressions of a secret are applied when it is filled in', () => {
  const kept = keep({ a: '${TOKEN | upper}', b: '${TOKEN | json}', c: 'x ${TOKEN | json}', d: '${TOKEN|truncate(2)}' });
  assert.deepEqual(JSON.parse(fillHoles(kept, () => 'abc', MOST)), { a: 'ABC', b: 'abc', c: 'x "abc"', d: 'a…' });
});

test('AUT-106: no value of an event makes a hole, whatever it holds', () => {
  const near = fc.string({ unit: fc.constantFrom('\0', '$', '{', '}', 'TOKEN', '\\', 'u0000', '"') });
  fc.assert(
    fc.property(near, (value) => {
      const kept = keep({ a: '${v}', b: '${v | json}', c: 'x${v}${TOKEN}', [`${value}k`]: value }, value);
      const filled = JSON.parse(fillHoles(kept, () => 'S3CRET', MOST));
      assert.equal(filled.a, value.replaceAll('\0', '\ufffd'));
      assert.equal(filled.b, filled.a);
      assert.ok(!JSON.stringify([filled.a, filled.b]).includes('S3CRET'));
      assert.equal(filled.c, `x${filled.a}S3CRET`);
    }),
  );
});

test('secrets cannot blow a small template up', () => {
  const kept = keep({ a: '$TOKEN '.repeat(5000) });
  assert.throws(() => fillHoles(kept, () => 'x'.repeat(60_000), MOST), { code: 'too_large' });
});

test('headers are filled and masked alike', () => {
  const kept = renderText('token $TOKEN of ${v}', variables('me'), { secrets: SECRETS });
  assert.equal(
    fillText(kept, () => 'abc'),
    'token abc of me',
  );
  assert.equal(maskText(kept, '#'), 'token # of me');
});
