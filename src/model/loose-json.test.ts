import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Json } from './json.ts';
import { cleanJson, parseLooseJson, printCleanText, printLooseJson, uncleanJson } from './loose-json.ts';

test('bare NaN and infinities are numbers, and words in strings are left alone', () => {
  assert.deepEqual(parseLooseJson('{"a":NaN,"b":[-Infinity,Infinity],"c":"NaN \\"Infinity\\""}'), {
    a: Number.NaN,
    b: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    c: 'NaN "Infinity"',
  });
});

test('whatever is printed is read back equal, and what jsonb holds of it is undone', () => {
  const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;
  const value = fc.record({ json, number: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0.5, 1e300) });
  fc.assert(
    fc.property(value, (given) => {
      const plain = JSON.parse(JSON.stringify(given.json)) as Json;
      assert.deepEqual(parseLooseJson(printLooseJson({ plain, number: given.number })), {
        plain,
        number: given.number,
      });
      assert.deepEqual(uncleanJson(cleanJson({ number: given.number })), { number: given.number });
    }),
  );
});

test('nesting that nothing could walk is refused, brackets in strings are not nesting', () => {
  assert.throws(() => parseLooseJson(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`), SyntaxError);
  assert.throws(() => parseLooseJson('['.repeat(100_000) + ']'.repeat(100_000)), SyntaxError);
  const text = '['.repeat(5_000);
  assert.deepEqual(parseLooseJson(JSON.stringify({ text })), { text });
});

test('what is printed clean is what a clean copy prints', () => {
  const texts = ['', 'plain', 'a\0b', '\ud800', 'x\udfffy', '😀', '\\u0000', 'ünï', '\\ud800'];
  for (const text of texts) {
    const value = { [text]: [text, { inner: text }, true, null] };
    assert.equal(printCleanText(value), JSON.stringify(cleanJson(value)), JSON.stringify(text));
  }
});
