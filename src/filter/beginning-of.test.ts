import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beginningOf } from './beginning-of.ts';
import { compilePattern } from './pattern.ts';

test('a pattern that is tied to the beginning of a text says how that begins', () => {
  const of = (source: string) => beginningOf(compilePattern(source, 'filter'));
  for (const [source, beginning] of [
    ['^nob.dy', 'nob'],
    ['^(ab)c$', 'abc'],
    ['^(?:abc|abd)', 'ab'],
    ['^a{2}b?c', 'aa'],
    ['^ab*', 'a'],
    ['\\Aé\\.😀', 'é.😀'],
    ['^a(?i:b)', 'a'],
  ] as const) {
    assert.equal(of(source), beginning, source);
  }
  for (const source of ['abc', '^', '^a|b', '(?i)^abc', '(?m)^ab', '^a*b', '^\\bab'])
    assert.equal(of(source), '', source);
});
