import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunState } from '../events/run-state.ts';
import { asId } from '../model/ids.ts';
import { automation, change, PLACE, planOf, threshold } from './fixtures.ts';
import { Rulebook } from './rulebook.ts';
import type { RunPlan } from './run-plan.ts';

const ids = (plan: RunPlan, metric = 'loss') => plan.watch('history', metric)?.watchers.map(({ id }) => id) ?? [];
const gone = (id: string) => ({ id: asId<never>(id), automation: undefined });
const states = (...watched: RunState['states']): RunState => ({
  type: 'RUN_STATE',
  runFilter: { $and: [] },
  states: watched,
});

test('a plan joins the automations of project, team and organization, oldest first', () => {
  const book = new Rulebook();
  const records = [
    automation('10', threshold()),
    automation('9', threshold(), { scope: { kind: 'entity', id: PLACE.tenantId } }),
    automation('8', threshold(), { scope: { kind: 'entity', id: PLACE.rootId } }),
    automation('7', threshold(), { scope: { kind: 'project', id: '33' } }),
    automation('6', threshold(), { scope: { kind: 'entity', id: '22' } }),
  ];
  book.patch(records.map(change));
  assert.deepEqual(ids(book.plan(PLACE)), ['8', '9', '10']);
  assert.deepEqual(ids(book.plan({ ...PLACE, projectId: asId('33') })), ['7', '8', '9']);
});

test('an entity that is its own organization counts once', () => {
  const book = new Rulebook();
  book.patch([change(automation('1', threshold(), { scope: { kind: 'entity', id: '2' } }))]);
  assert.deepEqual(ids(book.plan({ ...PLACE, rootId: PLACE.tenantId })), ['1']);
});

test('AUT-015: a patch applies what changed: disabled and deleted ones go, edited ones are replaced', () => {
  const book = new Rulebook();
  const [one, two, three] = ['1', '2', '3'].map((id) => change(automation(id, threshold())));
  book.patch([one!, two!, three!]);
  const plan = book.plan(PLACE);
  const before = plan.watch('history', 'loss');
  const edited = automation('1', threshold({ metric: 'acc', window: 7, aggregation: 'MIN' }), { revision: 2 });
  book.patch([change(edited), gone('2')]);
  assert.deepEqual(ids(plan), ['3']);
  assert.equal(plan.watch('history', 'loss')?.watchers[0], three?.automation, 'what did not change is not made anew');
  assert.deepEqual([ids(plan, 'acc'), plan.watch('history', 'acc')?.needs], [['1'], 7]);
  book.patch([gone('3')]);
  assert.equal(plan.watch('history', 'loss'), undefined);
  assert.deepEqual(
    before?.watchers.map(({ id }) => id),
    ['1', '2', '3'],
    'what was seen before does not change',
  );
});

test('a series is watched without a break while its automations are edited, and anew after it was not', () => {
  const book = new Rulebook();
  const plan = book.plan(PLACE);
  const since = () => plan.watch('history', 'loss')?.since;
  book.patch([change(automation('1', threshold()))]);
  book.patch([change(automation('1', threshold({ threshold: 3 })))]);
  book.patch([change(automation('2', threshold(), { scope: { kind: 'entity', id: PLACE.rootId } }))]);
  assert.equal(since(), 1);
  book.patch([gone('1'), gone('2')]);
  book.patch([change(automation('1', threshold()))]);
  assert.equal(since(), 5);
});

test('a plan watches metrics as long as one automation of its scopes does', () => {
  const book = new Rulebook();
  const plan = book.plan(PLACE);
  const elsewhere = automation('2', threshold(), { scope: { kind: 'project', id: '33' } });
  book.patch([change(automation('1', states('FAILED'))), change(elsewhere)]);
  assert.equal(plan.watchesMetrics, false);
  book.patch([change(automation('3', threshold())), change(automation('4', threshold()))]);
  book.patch([gone('3')]);
  assert.equal(plan.watchesMetrics, true);
  book.patch([gone('4')]);
  assert.equal(plan.watchesMetrics, false);
});

test('system/cpu watches system.cpu, which only the events stream observes', () => {
  const plan = planOf(automation('1', threshold({ metric: 'system/cpu' })), automation('2', threshold()));
  const watched = (name: string) => [plan.watch('history', name)?.series, plan.watch('events', name)?.series];
  assert.deepEqual(watched('system.cpu'), [undefined, 'system.cpu']);
  assert.deepEqual(watched('loss'), ['loss', undefined]);
});

test('AUT-077: states [RUNNING, FAILED] fire for both transitions of one run', () => {
  const plan = planOf(automation('1', states('FAILED', 'RUNNING')), automation('2', states('FINISHED')));
  const entering = (state: RunState['states'][number]) => plan.entering(state).map(({ id }) => id);
  assert.deepEqual([entering('RUNNING'), entering('FAILED'), entering('FINISHED')], [['1'], ['1'], ['2']]);
});

test('AUT-077: an edit of the states leaves no trace of the old ones', () => {
  const book = new Rulebook();
  book.patch([change(automation('1', states('FAILED', 'RUNNING')))]);
  book.patch([change(automation('1', states('RUNNING', 'FINISHED')))]);
  const plan = book.plan(PLACE);
  assert.deepEqual([plan.entering('FAILED').length, plan.entering('RUNNING').length], [0, 1]);
});

test('AUT-094: what a chunk costs is the watchers of its metrics, not all automations', () => {
  const many = Array.from({ length: 10_000 }, (_, index) =>
    automation(String(index + 1), threshold({ metric: `m${index}` })),
  );
  const plan = planOf(...many);
  assert.deepEqual([ids(plan, 'm7'), ids(plan, 'm9999'), ids(plan)], [['8'], ['10000'], []]);
});
