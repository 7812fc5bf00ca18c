import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../model/json.ts';
import { fieldCatalogue } from './catalogue.ts';
import { filterWords } from './filter-words.ts';
import { parseFilter } from './parse.ts';

const FIELDS = fieldCatalogue('thing', { name: { kind: 'scalar' }, tags: { kind: 'set' } }, { config: {} });

const WORDS: readonly (readonly [filter: Json, words: string])[] = [
  [{}, ''],
  [{ $or: [{ $and: [] }] }, ''],
  [{ name: 'net' }, 'name is "net"'],
  [{ $or: [{ $and: [{ name: { $regex: '^net' } }] }] }, 'name matches /^net/'],
  [{ 'config.lr': { $gte: 0.1, $lt: 0.3 } }, 'config.lr is at least 0.1 and config.lr is below 0.3'],
  [{ $and: [{ tags: 'a' }, { tags: { $nin: ['b', 'c'] } }] }, 'tags has "a" and tags has none of "b", "c"'],
  [
    { $or: [{ $and: [{ name: 'a' }, { tags: 'b' }] }, { name: { $ne: 'c' } }] },
    '(name is "a" and tags has "b") or name is not "c"',
  ],
  [{ $nor: [{ name: { $contains: 'x' } }] }, 'not (name contains "x")'],
  [{ $not: { name: { $exists: true } } }, 'not (name is there)'],
  [{ name: { $not: { $regex: 'x' } } }, 'name not (matches /x/)'],
  [{ tags: { $size: 2, $all: ['a', 'b'] } }, 'tags has 2 elements and tags has all of "a", "b"'],
];

test('a filter is said in words, and nothing where it asks for nothing', () => {
  for (const [filter, words] of WORDS) assert.equal(filterWords(parseFilter(filter, FIELDS, 'filter')), words);
});
