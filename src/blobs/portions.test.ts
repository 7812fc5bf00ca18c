import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Portions } from './portions.ts';

test('streams share memory evenly, between the least and the largest portion that is of use', () => {
  const portions = new Portions(100, { least: 10, largest: 40 });
  assert.equal(portions.portion, 40);
  const leaving = Array.from({ length: 4 }, () => portions.join());
  assert.equal(portions.portion, 25);
  leaving.push(...Array.from({ length: 16 }, () => portions.join()));
  assert.equal(portions.portion, 10);
  for (const leave of leaving) leave();
  assert.equal(portions.portion, 40);
});
