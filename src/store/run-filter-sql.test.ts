import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseRunFilter } from '../events/run-fields.ts';
import type { Json } from '../model/json.ts';
import { Parameters } from './list-columns.ts';
import { runColumn } from './run-fields.ts';
import { filterToSql } from './run-filter-sql.ts';

function translate(json: Json): { sql: string; values: unknown[]; exact: boolean } {
  const parameters = new Parameters();
  const { sql, exact } = filterToSql(parseRunFilter(json).root, parameters, runColumn);
  const [text, values] = parameters.finish(sql);
  return { sql: text, values, exact };
}

describe('the filters that people use most', () => {
  const common: Json[] = [
    {},
    { state: 'running' },
    { tags: { $in: ['a', 'b'] } },
    { tags: 'a' },
    { group: null },
    { $or: [{ 'config.experiment_name': 'foo' }, { 'config.experiment_name.value': 'bar' }] },
    { 'summary_metrics.loss': { $lt: 0.5 } },
    { created_at: { $gte: '2026-01-01', $lt: '2026-02-01T00:00:00Z' } },
    { $and: [{ sweep: 's1' }, { state: { $ne: 'crashed' } }] },
    { $not: { 'config.lr': { $exists: true } } },
    { display_name: { $contains: 'moon' } },
    { username: 'ann' },
    { 'config.optimizer.lr': { $gt: 0.1 } },
    { 'config.name': { $contains: 'vit' } },
  ];
  for (const json of common) {
    test(`${JSON.stringify(json)} is left to SQL as a whole`, () => assert.equal(translate(json).exact, true));
  }
});

test('what SQL cannot say lets too many through, never too few', () => {
  assert.deepEqual(translate({ display_name: { $regex: '^[a-z]' } }), { sql: '(true)', values: [], exact: false });
  assert.equal(translate({ $not: { display_name: { $regex: 'x' } } }).sql, 'true');
  assert.equal(translate({ 'config.a.b.c.d.e': 1 }).exact, false);
  const mixed = translate({ $and: [{ state: 'running' }, { display_name: { $regex: '^[a-z]' } }] });
  assert.deepEqual(mixed, {
    sql: '((coalesce(h.state = $1::text, false)) and (true))',
    values: ['running'],
    exact: false,
  });
});

test('of a pattern SQL looks for the texts that each match holds', () => {
  const held = (number: number) => `coalesce(strpos(r.display_name, $${number}::text) > 0, false)`;
  assert.deepEqual(translate({ display_name: { $regex: '^res-(cat|dog)[0-9]+$' } }), {
    sql: `((${held(1)} and (${held(2)} or ${held(3)})))`,
    values: ['res-', 'cat', 'dog'],
    exact: false,
  });
  assert.equal(translate({ tags: { $regex: 'x' } }).sql, '(true)');
});

test('a statement carries just the parameters that it names', () => {
  const parameters = new Parameters();
  const [first, , third] = ['a', 'b', 'c'].map((value) => parameters.add(value, 'text'));
  assert.deepEqual(parameters.finish(`${third} ${first} ${third}`), ['$1::text $2::text $1::text', ['c', 'a']]);
});

test('texts that PostgreSQL cannot take are never sent to it', () => {
  for (const text of ['a\0b', '\ud800']) {
    assert.deepEqual(translate({ name: text }).values, []);
    assert.deepEqual(translate({ [`config.${text}`]: 1 }).values, []);
  }
});
