import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { casesOf } from '../../test/support/property-cases.ts';
import { type NeededTexts, neededTexts } from './needed-texts.ts';
import { compilePattern } from './pattern.ts';

const holds = (text: string, needed: NeededTexts): boolean => {
  switch (needed.kind) {
    case 'text':
      return text.includes(needed.text);
    case 'all':
      return needed.parts.every((part) => holds(text, part));
    case 'any':
      return needed.parts.some((part) => holds(text, part));
  }
};

const { pattern: patterns } = fc.letrec<{ pattern: string; piece: string }>((tie) => ({
  pattern: fc.array(tie('piece'), { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join('')),
  piece: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(
      'a',
      'b',
      'ab',
      'é',
      '.',
      '^',
      '$',
      '\\b',
      '[ab]',
      '[^a]',
      '\\.',
      '(?i:A)',
      'a*',
      'b+',
      'a?',
      'b{2}',
    ),
    tie('pattern').map((inner) => `(${inner})`),
    fc.tuple(tie('pattern'), tie('pattern')).map(([one, other]) => `(?:${one}|${other})`),
    fc
      .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{0,2}', '{1,2}'))
      .map(([one, many]) => `(?:${one})${many}`),
  ),
}));

test('whatever a pattern matches holds the texts that it needs', () => {
  fc.assert(
    fc.property(patterns, fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'é', '.', ' ') }), (source, text) => {
      const pattern = compilePattern(source, 'filter');
      const needed = neededTexts(pattern);
      assert.ok(needed === undefined || !pattern.test(text) || holds(text, needed));
    }),
    { numRuns: casesOf(5_000) },
  );
});

test('the engine says what a pattern needs', () => {
  const of = (source: string) => neededTexts(compilePattern(source, 'filter'));
  assert.deepEqual(of('^run-.*zzz$'), {
    kind: 'all',
    parts: [
      { kind: 'text', text: 'run-' },
      { kind: 'text', text: 'zzz' },
    ],
  });
  assert.deepEqual(of('adam|sgd'), {
    kind: 'any',
    parts: [
      { kind: 'text', text: 'adam' },
      { kind: 'text', text: 'sgd' },
    ],
  });
  for (const source of ['^[a-z]+$', '(?i)adam', 'adam|.*', '(adam)?']) assert.equal(of(source), undefined);
});
