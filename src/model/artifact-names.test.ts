import { doesNotThrow, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { parseAlias, parseArtifactTypeName, parseCollectionName, parseTag } from './artifact-names.ts';

const CASES = [
  [
    parseCollectionName,
    ['model', 'two words', 'über:größe', '名前', 'a'.repeat(128)],
    ['', 'a/b', 'a\nb', 'a'.repeat(129)],
  ],
  [parseArtifactTypeName, ['model', 'run_table'], ['', 'a:b', 'a/b']],
  [
    parseAlias,
    ['latest', 'best', 'v', 'v1a', 'V1', 'best model'],
    ['', 'v0', 'v17', 'a:b', 'a/b', 'a\0b', 'a'.repeat(129)],
  ],
  [parseTag, ['a', 'a-b_c 9', 'two  words'], ['', ' a', 'a ', 'a.b', 'ä', 'a\n', 'a'.repeat(129)]],
] as const;

for (const [parse, good, bad] of CASES) {
  test(`${parse.name} takes what names may be and refuses the rest`, () => {
    for (const text of good) doesNotThrow(() => parse(text), text);
    for (const text of bad) throws(() => parse(text), { code: 'invalid' }, JSON.stringify(text));
  });
}
