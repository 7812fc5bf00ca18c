import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TriplineError } from '../model/error.ts';
import { lint } from '../template/lint.ts';
import { parseTemplate } from '../template/parse.ts';
import { render } from '../template/render.ts';
import { decodeCaptured, encodeCaptured } from './capture.ts';
import { type CapturedEvent, sentence, shortSentence } from './index.ts';
import { defaultDocument, variablesOf } from './occasion.ts';
import { parseEvent } from './parse-event.ts';
import { METRIC, OCCASION, RUN, STATE } from './run-fixtures.ts';
import { plainConfig, runFacts } from './run-subject.ts';
import { KNOWN_VARIABLES } from './variables.ts';

function say(captured: CapturedEvent, text: string): unknown {
  return (render(parseTemplate({ text }), variablesOf(captured, OCCASION)) as { text: unknown }).text;
}

test('a run event fills every variable of its own', () => {
  assert.equal(
    say(METRIC, '${event_type} ${event_author} ${entity_name}/${project_name} ${automation_name} ${execution_id}'),
    'RUN_METRIC ann team/proj watch exe_1_2_3_0',
  );
  assert.equal(say(METRIC, '${run_name} ${run_id} ${run_author} ${run_url}'), `fancy-moon-1 abc ann ${RUN.url}`);
  assert.equal(
    say(METRIC, '${metric_name}: ${metric_values}; ${metric_filter}'),
    `loss: 0.7, 0.72, Infinity; ${METRIC.type === 'RUN_METRIC' && METRIC.metric.filter}`,
  );
  assert.equal(
    say(METRIC, '${metric_filter_short} | ${metric_current_status}'),
    'AVERAGE(loss) > 0.6 | AVERAGE(loss) = Infinity',
  );
  assert.equal(
    say(METRIC, '${run_config.optimizer.name} ${run_summary.acc} ${occurred_at}'),
    'adam 0.9 2026-01-01T00:00:00.000Z',
  );
  assert.deepEqual(say(METRIC, '${run_tags | json}'), ['a', 'b']);
});

test('AUT-072: a failed run’s ${run_status} is Failed, and only a run state event has one', () => {
  assert.equal(say(STATE, '${run_status} ${metric_name}'), 'Failed ');
  assert.equal(say(METRIC, '[${run_status}]'), '[]');
});

test('AUT-107: variables of artifact events render empty and are not reported', () => {
  const text = '[${alias}${tag}${artifact_version}${artifact_metadata.auc}${ACCESS_TOKEN}]';
  assert.equal(say(METRIC, text), '[]');
  assert.deepEqual(lint(parseTemplate({ text }), KNOWN_VARIABLES), []);
});

test('a captured event loses no infinite number on its way through the database', () => {
  const stored = JSON.parse(JSON.stringify(encodeCaptured(METRIC)));
  assert.deepEqual(decodeCaptured(stored), METRIC);
  assert.deepEqual(decodeCaptured(JSON.parse(JSON.stringify(encodeCaptured(STATE)))), STATE);
});

test('the default document says what happened, as plain JSON', () => {
  const document = JSON.parse(JSON.stringify(defaultDocument(METRIC, OCCASION)));
  assert.deepEqual(Object.keys(document), [
    'version',
    'type',
    'id',
    'sequence',
    'occurred_at',
    'automation',
    'scope',
    'author',
    'entity',
    'project',
    'run',
    'metric',
  ]);
  assert.deepEqual(document.metric.values, [0.7, 0.72, 'Infinity']);
  assert.equal(document.metric.condition, 'AVERAGE(loss) over the last 3 values > 0.6');
  const { run } = JSON.parse(JSON.stringify(defaultDocument(STATE, OCCASION)));
  assert.deepEqual([run.status, run.state, run.name], ['FAILED', 'crashed', 'fancy-moon-1']);
});

const wire = (member: string, condition: object) => ({
  run_metric_filter: { [member]: { name: 'loss', ...condition } },
});

test('conditions are said in words', () => {
  const average = parseEvent(
    'RUN_METRIC',
    wire('threshold_filter', { agg_op: 'AVERAGE', window_size: 5, cmp_op: '$gt', threshold: 0.6 }),
  );
  assert.equal(sentence(average), 'AVERAGE(loss) over the last 5 values > 0.6');
  assert.equal(shortSentence(average), 'AVERAGE(loss) > 0.6');
  const latest = parseEvent('RUN_METRIC', wire('threshold_filter', { window_size: 5, cmp_op: '$ne', threshold: 1 }));
  assert.equal(sentence(latest), 'loss != 1');
  const change = {
    agg_op: 'MAX',
    current_window_size: 1,
    prior_window_size: 50,
    change_type: 'RELATIVE',
    change_dir: 'DECREASE',
    change_amount: 0.25,
  };
  const drop = parseEvent('RUN_METRIC_CHANGE', wire('change_filter', change));
  assert.equal(sentence(drop), 'MAX(loss) decreases by at least 25% over the last value against the prior 50 values');
  assert.equal(shortSentence(drop), 'MAX(loss) decreases by at least 25%');
  const outlier = parseEvent('RUN_METRIC_ZSCORE', wire('zscore_filter', { change_dir: 'DECREASE' }));
  assert.equal(sentence(outlier), 'zscore(loss) <= -3 against the previous 30 values');
  const state = parseEvent('RUN_STATE', { run_state_filter: { states: ['FINISHED', 'FAILED'] } });
  assert.equal(sentence(state), 'the run becomes failed or finished');
});

test('run facts answer the canonical names, and nothing where a run has nothing', () => {
  const facts = runFacts(RUN);
  assert.deepEqual(
    [
      'display_name',
      'name',
      'username',
      'job_type',
      'config.optimizer.name',
      'summary.acc',
      'group',
      'config.none',
    ].map(facts),
    ['fancy-moon-1', 'abc', 'ann', 'train', 'adam', 0.9, undefined, undefined],
  );
});

test('the client’s config becomes plain values', () => {
  const config = {
    lr: { value: 0.1, desc: null },
    o: { value: { value: 2 } },
    old: 3,
    wandb_version: 1,
    _wandb: { value: {} },
  };
  assert.deepEqual(plainConfig(config), { lr: 0.1, o: { value: 2 }, old: 3 });
});

test('refusals are of the one error class', () => {
  assert.throws(() => parseEvent('NOPE', {}), TriplineError);
});
