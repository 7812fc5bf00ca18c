import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConsoleLine } from './console-line.ts';

test('a structured line is taken apart', () => {
  assert.deepEqual(
    parseConsoleLine('{"ts":"2026-11-23T07:41:30.621164","content":"hello","level":"error","label":"w1"}'),
    {
      timestamp: '2026-11-23T07:41:30.621164',
      level: 'error',
      label: 'w1',
      line: 'hello',
    },
  );
});

test('an older line is taken apart, what looks like a label stays text', () => {
  assert.deepEqual(parseConsoleLine('2023-04-05T10:15:30.000000 [x] text'), {
    timestamp: '2023-04-05T10:15:30.000000',
    level: undefined,
    label: undefined,
    line: '[x] text',
  });
  assert.equal(parseConsoleLine('ERROR 2023-04-05T10:15:30.000000 boom').level, 'error');
  assert.equal(parseConsoleLine('2023-04-05T10:15:30.000000 ').line, '');
  assert.equal(parseConsoleLine('2023-04-05T10:15:30.000000').line, '');
});

test('any other text is a line as it is, JSON of programs too', () => {
  for (const text of ['', 'hello', 'ERROR hello', '{"ts":1,"content":"x"}', '{"loss": 1}', '{']) {
    assert.deepEqual(parseConsoleLine(text), { timestamp: undefined, level: undefined, label: undefined, line: text });
  }
});
