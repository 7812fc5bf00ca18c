import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TriplineError } from '../model/error.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { eventSchema } from './index.ts';
import { checkScope, parseEvent, toWireFilter } from './parse-event.ts';
import { hasNoRunCondition } from './run-event.ts';

const EVERY = '{"$and":[]}';
const threshold = { name: 'loss', agg_op: null, window_size: 1, cmp_op: '$gt', threshold: 10 };
const change = {
  name: 'loss',
  agg_op: 'MIN',
  current_window_size: 3,
  change_amount: 2,
  prior_window_size: 3,
  change_type: 'ABSOLUTE',
  change_dir: 'ANY',
};
const zscore = { name: 'loss', window_size: 30, threshold: 3, change_dir: 'INCREASE' };

function metric(member: string, condition: Json, rest: JsonObject = {}): JsonObject {
  return { run_filter: EVERY, run_metric_filter: { [member]: condition }, metric_filter: null, ...rest };
}

/** What the client really sends (wandb protocol, 8.4). */
const SENT: readonly (readonly [string, JsonObject])[] = [
  ['RUN_METRIC', metric('threshold_filter', threshold)],
  [
    'RUN_METRIC',
    metric('threshold_filter', {
      ...threshold,
      name: 'val/acc',
      agg_op: 'AVERAGE',
      window_size: 5,
      cmp_op: '$gte',
      threshold: 0.5,
    }),
  ],
  [
    'RUN_METRIC',
    metric('threshold_filter', threshold, { run_filter: '{"$and":[{"display_name":{"$contains":"my-run"}}]}' }),
  ],
  ['RUN_METRIC', metric('threshold_filter', { ...threshold, cmp_op: '$eq' })],
  ['RUN_METRIC_CHANGE', metric('change_filter', change)],
  [
    'RUN_METRIC_CHANGE',
    metric('change_filter', { ...change, change_type: 'RELATIVE', change_amount: 0.25, change_dir: 'DECREASE' }),
  ],
  ['RUN_METRIC_ZSCORE', metric('zscore_filter', zscore)],
  ['RUN_STATE', { run_filter: EVERY, run_state_filter: { states: ['FAILED'] } }],
  [
    'RUN_STATE',
    { run_filter: '{"$and":[{"display_name":{"$regex":"^r"}}]}', run_state_filter: { states: ['FAILED', 'FINISHED'] } },
  ],
];

test('AUT-007: what the client sends is read, stored and written back as equal', () => {
  for (const [type, sent] of SENT) {
    const event = parseEvent(type, JSON.stringify(sent));
    const stored = eventSchema.parse(JSON.parse(JSON.stringify(event)));
    assert.deepEqual(stored, event);
    assert.deepEqual(JSON.parse(toWireFilter(stored)), sent);
  }
});

test('AUT-040: any run filter survives the way to the store and back', () => {
  const leaf = fc.constantFrom<Json>(
    { display_name: { $regex: '^a' } },
    { tags: { $in: ['a', 'b'] } },
    { 'config.lr': { $gte: 0.1, $lt: 10 } },
    { $not: { state: { $eq: 'failed' } } },
  );
  fc.assert(
    fc.property(fc.array(leaf, { maxLength: 4 }), (parts) => {
      const sent = { run_filter: JSON.stringify({ $and: parts }), run_state_filter: { states: ['RUNNING'] } };
      const wire = JSON.parse(toWireFilter(parseEvent('RUN_STATE', sent))) as typeof sent;
      assert.deepEqual(JSON.parse(wire.run_filter), { $and: parts });
    }),
    { numRuns: 50 },
  );
});

test('the legacy metric_filter is accepted as absent, null or a JSON text', () => {
  const { metric_filter: _, ...without } = metric('threshold_filter', threshold);
  const plain = parseEvent('RUN_METRIC', metric('threshold_filter', threshold));
  assert.deepEqual(parseEvent('RUN_METRIC', without), plain);
  assert.deepEqual(parseEvent('RUN_METRIC', { run_filter: EVERY, metric_filter: JSON.stringify(threshold) }), plain);
  assert.deepEqual(
    parseEvent(
      'RUN_METRIC',
      metric('threshold_filter', threshold, { metric_filter: JSON.stringify({ ...threshold, threshold: 9 }) }),
    ),
    plain,
  );
});

test('what an oldest client leaves out gets the client’s defaults', () => {
  const { prior_window_size: _, ...withoutPrior } = change;
  const event = parseEvent('RUN_METRIC_CHANGE', metric('change_filter', withoutPrior));
  assert.equal(event.type === 'RUN_METRIC_CHANGE' && event.priorWindow, 3);
  const spread = parseEvent('RUN_METRIC_ZSCORE', metric('zscore_filter', { name: 'loss' }));
  assert.equal(toWireFilter(spread), JSON.stringify(metric('zscore_filter', { ...zscore, change_dir: 'ANY' })));
});

function refusal(type: string, filter: Json): TriplineError {
  try {
    parseEvent(type, filter);
  } catch (error) {
    assert.ok(error instanceof TriplineError, String(error));
    assert.equal(error.status, 400);
    return error;
  }
  assert.fail(`accepted ${JSON.stringify(filter)}`);
}

test('AUT-148: a run event without its metric or state filter is refused', () => {
  assert.match(refusal('RUN_METRIC', { $and: [] }).message, /\$and/);
  assert.match(
    refusal('RUN_METRIC', { run_filter: EVERY }).message,
    /needs eventFilter.run_metric_filter.threshold_filter/,
  );
  assert.match(
    refusal('RUN_METRIC_CHANGE', { run_filter: EVERY, metric_filter: JSON.stringify(threshold) }).message,
    /needs/,
  );
  assert.match(refusal('RUN_STATE', { run_filter: EVERY }).message, /run_state_filter/);
});

test('AUT-148: what a client sends back after reading "equal to" is told apart from a condition', () => {
  assert.equal(hasNoRunCondition('{"$and":[]}'), true);
  assert.equal(hasNoRunCondition({ run_filter: EVERY, run_metric_filter: null }), true);
  for (const [, sent] of SENT) assert.equal(hasNoRunCondition(sent), false);
});

test('unknown keys, unknown words and values out of bounds are refused with their place', () => {
  const wrong: readonly (readonly [JsonObject, RegExp])[] = [
    [{ window_size: 0 }, /threshold_filter\.window_size/],
    [{ window_size: 10_001 }, /window_size/],
    [{ window_size: 1.5 }, /window_size/],
    [{ name: '' }, /\.name/],
    [{ cmp_op: '>' }, /cmp_op/],
    [{ agg_op: 'MEDIAN' }, /agg_op/],
    [{ threshold: '1' }, /threshold/],
    [{ threshold: Number.NaN }, /threshold/],
    [{ window: 3 }, /"window"/],
  ];
  for (const [members, place] of wrong) {
    assert.match(refusal('RUN_METRIC', metric('threshold_filter', { ...threshold, ...members })).message, place);
  }
  assert.match(refusal('RUN_METRIC', metric('threshold_filter', threshold, { filter: 1 })).message, /"filter"/);
  assert.match(refusal('RUN_METRIC', metric('change_filter', change)).message, /only 'threshold_filter'/);
  assert.match(
    refusal('RUN_METRIC_CHANGE', metric('change_filter', { ...change, change_amount: 0 })).message,
    /change_amount/,
  );
  assert.match(
    refusal('RUN_METRIC_ZSCORE', metric('zscore_filter', { ...zscore, threshold: -1 })).message,
    /threshold/,
  );
  assert.match(refusal('RUN_STATE', { run_state_filter: { states: [] } }).message, /states/);
  assert.match(refusal('RUN_STATE', { run_state_filter: { states: ['CRASHED'] } }).message, /states/);
  assert.match(
    refusal('RUN_METRIC', metric('threshold_filter', threshold, { run_filter: '{' })).message,
    /run_filter is not JSON/,
  );
  assert.match(
    refusal('RUN_STATE', { run_filter: '{"alias":1}', run_state_filter: { states: ['FAILED'] } }).message,
    /unknown field 'alias'/,
  );
  assert.match(refusal('WEAVE_METRIC_THRESHOLD', {}).message, /cannot be used here/);
});

test('states are accepted in any case, without duplicates, sorted', () => {
  const event = parseEvent('RUN_STATE', { run_state_filter: { states: ['running', 'Failed', 'RUNNING'] } });
  assert.deepEqual(event, { type: 'RUN_STATE', runFilter: { $and: [] }, states: ['FAILED', 'RUNNING'] });
});

test('the stored form refuses unknown keys and filters that do not compile', () => {
  const event = { type: 'RUN_STATE', states: ['FAILED'] };
  assert.deepEqual(eventSchema.parse(event), { ...event, runFilter: { $and: [] } });
  assert.equal(eventSchema.safeParse({ ...event, settle: 1 }).success, false);
  const faulty = eventSchema.safeParse({ ...event, runFilter: { alias: 'x' } });
  assert.match(faulty.error?.issues[0]?.message ?? '', /unknown field 'alias'/);
});

test('AUT-008: run events are refused at collections and registries, naming the scopes that are allowed', () => {
  for (const type of ['RUN_METRIC', 'RUN_METRIC_CHANGE', 'RUN_METRIC_ZSCORE', 'RUN_STATE'] as const) {
    for (const scope of ['project', 'entity'] as const) assert.doesNotThrow(() => checkScope(type, scope));
    for (const scope of ['sequence', 'portfolio', 'registry'] as const) {
      assert.throws(() => checkScope(type, scope), /must be a project or a team or organization/);
    }
  }
});
