import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BODY_FORMAT, decodeConsoleLines, decodeLines, encodeConsoleLines, encodeLines } from './history-format.ts';

const line = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll(/[\r\n]/g, ''));

test('lines of a chunk come back as they went in', () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1 }), (lines) => {
      assert.deepEqual(decodeLines(encodeLines(lines), BODY_FORMAT), lines);
    }),
  );
});

test('a line feed inside a line does not make two lines of it', () => {
  assert.deepEqual(decodeLines(encodeLines(['{"a":\n1}', '{"b":2}']), BODY_FORMAT), ['{"a": 1}', '{"b":2}']);
});

test('an unknown format is refused, not guessed', () => {
  assert.throws(() => decodeLines(encodeLines(['{}']), 2), TypeError);
});

test('console lines keep every character, line feeds too', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), (lines) => {
      assert.deepEqual(decodeConsoleLines(encodeConsoleLines(lines)), lines);
    }),
  );
});
