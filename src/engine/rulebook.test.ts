import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunState } from '../events/run-state.ts';
import { asId } from '../model/ids.ts';
import { automation, PLACE, threshold } from './fixtures.ts';
import { Rulebook } from './rulebook.ts';
import type { RunPlan } from './run-plan.ts';
import { stateFirings } from './state-firings.ts';

const ids = (plan: RunPlan, metric = 'loss') => plan.watchersOf(metric).map(({ id }) => id);
const states = (...watched: RunState['states']): RunState => ({
  type: 'RUN_STATE',
  runFilter: { $and: [] },
  states: watched,
});

test('a plan joins the automations of project, team and organization, oldest first', () => {
  const book = new Rulebook();
  const rows = [
    automation('10', threshold()),
    automation('9', threshold(), { scope: { kind: 'entity', id: PLACE.tenantId } }),
    automation('8', threshold(), { scope: { kind: 'entity', id: PLACE.rootId } }),
    automation('7', threshold(), { scope: { kind: 'project', id: '33' } }),
    automation('6', threshold(), { scope: { kind: 'entity', id: '22' } }),
  ];
  book.patch(rows, '1');
  assert.deepEqual(ids(book.plan(PLACE)), ['8', '9', '10']);
  assert.deepEqual(ids(book.plan({ ...PLACE, projectId: asId('33') })), ['7', '8', '9']);
});

test('an entity that is its own organization counts once', () => {
  const book = new Rulebook();
  book.patch([automation('1', threshold(), { scope: { kind: 'entity', id: '2' } })], '1');
  assert.deepEqual(ids(book.plan({ ...PLACE, rootId: PLACE.tenantId })), ['1']);
});

test('AUT-015: a patch applies what changed: disabled and deleted ones go, edited ones are replaced', () => {
  const book = new Rulebook();
  book.patch([automation('1', threshold()), automation('2', threshold()), automation('3', threshold())], '3');
  const before = book.plan(PLACE);
  const kept = before.watchersOf('loss')[2];
  const edited = automation('1', threshold({ metric: 'acc', window: 7, aggregation: 'MIN' }), { revision: 2 });
  book.patch([edited, automation('2', threshold(), { enabled: false })], '5');
  const plan = book.plan(PLACE);
  assert.equal(book.version, '5');
  assert.deepEqual(ids(plan), ['3']);
  assert.equal(plan.watchersOf('loss')[0], kept);
  assert.deepEqual([ids(plan, 'acc'), plan.longest('acc'), plan.longest('none')], [['1'], 7, 0]);
  book.patch([automation('3', threshold(), { deleted: true })], '6');
  assert.deepEqual([...book.plan(PLACE).metrics], ['acc']);
  assert.deepEqual(ids(before), ['1', '2', '3'], 'a plan made before does not change');
});

test('a patch that another has overtaken is ignored', () => {
  const book = new Rulebook();
  book.patch([automation('1', threshold())], '9');
  book.patch([automation('1', threshold(), { deleted: true })], '8');
  assert.deepEqual([ids(book.plan(PLACE)), book.version], [['1'], '9']);
});

test('an automation that does not compile is reported and stops no other', () => {
  const book = new Rulebook();
  const broken = automation('1', { ...threshold(), runFilter: { alias: 'x' } });
  const [fault, ...more] = book.patch([broken, automation('2', threshold())], '1');
  assert.deepEqual([fault?.automationId, more.length, ids(book.plan(PLACE))], ['1', 0, ['2']]);
});

test('system/cpu watches system.cpu, which only the events stream observes', () => {
  const book = new Rulebook();
  book.patch([automation('1', threshold({ metric: 'system/cpu' })), automation('2', threshold())], '1');
  const plan = book.plan(PLACE);
  assert.deepEqual([plan.watchedIn('events')('system.cpu'), plan.watchedIn('history')('system.cpu')], [true, false]);
  assert.deepEqual([plan.watchedIn('events')('loss'), plan.watchedIn('history')('loss')], [false, true]);
});

test('AUT-077: states [RUNNING, FAILED] fire for both transitions of one run', () => {
  const book = new Rulebook();
  book.patch([automation('1', states('FAILED', 'RUNNING')), automation('2', states('FINISHED'))], '1');
  const plan = book.plan(PLACE);
  const fired = (state: RunState['states'][number]) => stateFirings(plan, state, () => true).map(({ id }) => id);
  assert.deepEqual([fired('RUNNING'), fired('FAILED'), fired('FINISHED')], [['1'], ['1'], ['2']]);
  assert.deepEqual(
    stateFirings(plan, 'RUNNING', () => false),
    [],
  );
});

test('AUT-094: what a chunk costs is the watchers of its metrics, not all automations', () => {
  const book = new Rulebook();
  const many = Array.from({ length: 10_000 }, (_, index) =>
    automation(String(index + 1), threshold({ metric: `m${index}` })),
  );
  book.patch(many, '1');
  const plan = book.plan(PLACE);
  assert.deepEqual([ids(plan, 'm7'), plan.watches('m9999'), plan.watches('loss')], [['8'], true, false]);
});
