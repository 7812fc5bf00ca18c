import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Json, JsonObject } from '../model/json.ts';
import { fillHoles } from './holes.ts';
import { lint } from './lint.ts';
import { parseTemplate, parseTemplateText } from './parse.ts';
import { render } from './render.ts';
import type { Variables } from './template.ts';

const VALUES: JsonObject = {
  run_name: 'fancy-moon-1',
  loss: 0.1,
  big: 1e21,
  flag: true,
  nothing: null,
  tags: ['a', 'b'],
  'run_config.lr': 0.25,
  'run_config.eval set.k': 7,
  infinite: Number.POSITIVE_INFINITY,
};
const VARIABLES: Variables = {
  known: new Set([...Object.keys(VALUES), 'alias', 'run_config.*']),
  lookup: (name) => VALUES[name],
};

const rendered = (text: string): Json => (render(parseTemplate({ text }), VARIABLES) as JsonObject).text ?? null;

test('variables are replaced inside texts and keys, at any depth', () => {
  const template = parseTemplate({ 'of ${run_name}': [{ a: 'x ${run_name} y ${loss}' }, 3, null, true] });
  assert.deepEqual(render(template, VARIABLES), { 'of fancy-moon-1': [{ a: 'x fancy-moon-1 y 0.1' }, 3, null, true] });
});

test('values inside a text: shortest numbers, compact JSON, null as nothing', () => {
  assert.equal(
    rendered('${loss} ${big} ${flag} [${nothing}] ${tags} ${infinite}'),
    '0.1 1e+21 true [] ["a","b"] Infinity',
  );
});

test('AUT-106: no value can break the JSON or add members', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const variables = { known: new Set(['v']), lookup: () => value };
      const document = render(parseTemplate({ a: '${v}', b: 'x${v}' }), variables);
      assert.deepEqual(JSON.parse(JSON.stringify(document)), { a: value, b: `x${value}` });
    }),
    { numRuns: 200 },
  );
});

test('a key rendered as __proto__ is an ordinary member', () => {
  const document = render(parseTemplate({ '${v}': 1 }), { known: new Set(['v']), lookup: () => '__proto__' });
  assert.equal(JSON.stringify(document), '{"__proto__":1}');
});

test('AUT-107: a variable of another event renders empty, an unknown one stays, and lint says so', () => {
  assert.equal(rendered('<${alias}> <${aliass}>'), '<> <${aliass}>');
  const template = parseTemplate({ a: '${aliass} ${run_name}', '${typo.x}': '${loss | rond(2)}' });
  assert.deepEqual(lint(template, VARIABLES.known), ['aliass', 'typo.x', '${loss | rond(2)}']);
});

test('AUT-108: paths reach nested values, a missing one renders empty, | json keeps a number a number', () => {
  assert.equal(rendered('${run_config.lr}'), '0.25');
  assert.equal(rendered('${run_config.eval set.k}'), '7');
  assert.equal(rendered('[${run_config.none}]'), '[]');
  assert.equal(rendered('${run_config.lr | json}'), 0.25);
  assert.equal(rendered('lr ${run_config.lr | json}'), 'lr 0.25');
  assert.deepEqual(rendered('${tags | json}'), ['a', 'b']);
  assert.equal(rendered('${run_config.none | json}'), null);
  assert.equal(rendered('"${run_name | json}"'), '""fancy-moon-1""');
  assert.equal(rendered('${infinite | json}'), 'Infinity');
});

test('AUT-109: $${x} renders ${x}; $NAME only when it is a secret of the webhook', () => {
  assert.equal(rendered('$${alias} $${a | b} $HOME $$'), '${alias} ${a | b} $HOME $$');
  const template = parseTemplate({ a: '$TOKEN ${TOKEN} $OTHER $run_name' });
  const payload = JSON.stringify(render(template, VARIABLES, new Set(['TOKEN'])));
  assert.deepEqual(JSON.parse(fillHoles(payload, () => 's3cret', 1000)), { a: 's3cret s3cret $OTHER $run_name' });
});

test('expressions are applied from left to right', () => {
  assert.equal(rendered('${alias | default("none | } \\" x")}'), 'none | } " x');
  assert.equal(rendered('${run_name|upper|truncate(6)}'), 'FANCY…');
  assert.equal(rendered('${run_name | truncate(80)}'), 'fancy-moon-1');
  assert.equal(rendered('${loss | round(0) | json}'), 0);
  assert.equal(rendered('${alias | default(3) | json}'), 3);
  assert.equal(rendered('${ run_name }'), 'fancy-moon-1');
});

test('what cannot be read stays as it stands', () => {
  for (const text of [
    '${',
    '${}',
    '${loss',
    '${1x}',
    '${loss | }',
    '${loss | round}',
    '${a{b}',
    '$',
    '${loss | default(x)}',
  ]) {
    assert.equal(rendered(text), text);
  }
});

test('only objects of at most 64 KiB are templates', () => {
  for (const json of [[], 'x', 1, null]) assert.throws(() => parseTemplate(json), /must be a JSON object/);
  assert.throws(() => parseTemplate({ a: 'x'.repeat(70_000) }), /bytes/);
  let deep: Json = 'x';
  for (let level = 0; level < 5000; level += 1) deep = [deep];
  assert.throws(() => parseTemplate({ deep }), /deeper than/);
});

test('a variable outside of quotes is refused with a hint', () => {
  assert.throws(() => parseTemplateText('{"n": ${loss}}'), /put variables in quotes/);
  assert.deepEqual(parseTemplateText('{"n": 1}').source, { n: 1 });
});

test('a small template cannot render a huge payload', () => {
  const template = parseTemplate({ a: '${v}'.repeat(5000) });
  assert.throws(() => render(template, { known: new Set(['v']), lookup: () => 'x'.repeat(100_000) }), /larger than/);
  const typed = parseTemplate({ a: Array.from({ length: 2000 }, () => '${v | json}') });
  assert.throws(() => render(typed, { known: new Set(['v']), lookup: () => ['x'.repeat(100_000)] }), /larger than/);
});

test('texts full of half-open references are parsed in linear time', () => {
  const started = performance.now();
  for (const piece of ['${a.', '${a|default("', '$${', '${a|json'])
    parseTemplate({ a: piece.repeat(60_000 / piece.length) });
  assert.ok(performance.now() - started < 2000);
});
