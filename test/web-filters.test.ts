import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filterOf } from '../src/events/index.ts';
import { parseEvent } from '../src/events/parse-event.ts';
import { matches } from '../src/filter/match.ts';
import type { Json } from '../src/model/json.ts';
import type { ArtifactEventDraft, Further } from '../web/features/automations/components/builder/draft.ts';
import { artifactFilterOf, artifactsOf } from '../web/features/automations/components/builder/filters.ts';
import { lintPayload } from '../web/features/automations/components/builder/lint-template.ts';

const TYPE = 'LINK_MODEL';

/** Filters, and what the form shows of them: lines as `field operator value`, or nothing but JSON. */
const FILTERS: readonly (readonly [filter: Record<string, Json>, lines: readonly string[], isJson: boolean])[] = [
  [{}, [], false],
  [{ artifact_type: 'model' }, ['artifact_type $eq model'], false],
  [{ $or: [{ $and: [{ alias: 'prod' }, { size: { $gt: 1e6 } }] }] }, ['alias $eq prod', 'size $gt 1000000'], false],
  [{ 'metadata.n': { $eq: '7' } }, ['metadata.n $eq "7"'], false],
  [{ 'metadata.n': { $in: [7, '7', 'a, b', 'c'] } }, ['metadata.n $in 7, "7", "a, b", c'], false],
  [{ 'metadata.ok': { $ne: true } }, ['metadata.ok $ne true'], false],
  [{ 'metadata.note': { $eq: ' "x" ' } }, [String.raw`metadata.note $eq " \"x\" "`], false],
  [{ tag: { $exists: false } }, ['tag $exists false'], false],
  [{ $and: [{ alias: 'prod' }, { $or: [{ tag: 'a' }, { size: 3 }] }] }, ['alias $eq prod'], true],
  [{ size: { $gt: 1, $lt: 3 } }, [], true],
  [{ alias: 'a', tag: 'b' }, [], true],
  [{ alias: { $not: { $regex: 'x' } } }, [], true],
];

/** Things that tell the filters apart. */
const THINGS: readonly Readonly<Record<string, Json>>[] = [
  {},
  ...['prod', 'a', 'x'].flatMap((alias) => [2, 3, 2e6].map((size) => ({ alias: [alias], tag: ['a', 'b'], size }))),
  ...[7, '7', 'a, b', 'a', 'c'].map((n) => ({ 'metadata.n': n, 'metadata.ok': true, 'metadata.note': ' "x" ' })),
  { artifact_type: 'model', alias: ['prod'] },
];

test('a filter goes through the form and means the same; what no line can say stays as JSON', () => {
  for (const [filter, lines, isJson] of FILTERS) {
    const artifacts = artifactsOf(TYPE, filter);
    const { conditions, advanced }: Further = artifacts;
    const said = conditions.map(({ field, operator, value }) => `${field} ${operator} ${value}`);
    assert.deepEqual([said, advanced !== ''], [lines, isJson], JSON.stringify(filter));
    const draft: ArtifactEventDraft = { type: TYPE, artifacts };
    const [before, after] = [filter, artifactFilterOf(draft) as Json].map((each) => filterOf(parseEvent(TYPE, each)));
    for (const thing of THINGS) {
      const verdicts = [before, after].map((each) => each && matches(each, (field) => thing[field]));
      assert.equal(verdicts[0], verdicts[1], `${JSON.stringify(filter)} of ${JSON.stringify(thing)}`);
    }
  }
});

test('a payload is linted by the rules of the server', () => {
  assert.match(lintPayload('{"n": ${run_name}}', 'RUN_STATE', undefined).error ?? '', /put variables in quotes/);
  assert.match(lintPayload('[1]', 'RUN_STATE', undefined).error ?? '', /must be a JSON object/);
  const { error, warnings } = lintPayload(
    '{"${run_config.lr}": "${alias} ${x} ${ACCESS_TOKEN}"}',
    'RUN_STATE',
    undefined,
  );
  assert.deepEqual([error, warnings.length], [undefined, 2]);
});
