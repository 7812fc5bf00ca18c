import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFileName } from './file-name.ts';

test('names are taken as the client sends them', () => {
  for (const name of [
    'a.txt',
    'media/images/x_0_ab12.png',
    'test with_special-characters.txt',
    'invalid?:label<>',
    'ä/日本',
    '..a/b..',
  ]) {
    assert.equal(parseFileName(name), name);
  }
});

test('names that lead out of the folder of a run are refused, on any system', () => {
  for (const name of [
    '',
    '..',
    '../a',
    'a/../../b',
    'a\\..\\b',
    '/etc/passwd',
    '\\\\host\\share',
    'C:\\x',
    'c:/x',
    'a\0b',
    '\ud800',
    'x'.repeat(1025),
  ]) {
    assert.throws(() => parseFileName(name), { code: 'invalid' }, name.slice(0, 20));
  }
});
