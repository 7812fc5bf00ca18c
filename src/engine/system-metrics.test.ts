import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../model/json.ts';
import { automation, planOf, threshold } from './fixtures.ts';
import { Observed } from './observe.ts';
import type { RunPlan } from './run-plan.ts';
import { RunWindows } from './run-windows.ts';
import type { Stream } from './series-names.ts';

/** Nothing rests, so that every value is judged. */
const ALWAYS = { policy: { kind: 'cooldown', seconds: 0 } } as const;

const bare = automation('1', threshold({ metric: 'cpu' }), ALWAYS);
const explicit = automation('2', threshold({ metric: 'system.cpu' }), ALWAYS);
const averaged = automation('3', threshold({ metric: 'cpu', aggregation: 'AVERAGE', window: 2 }), ALWAYS);
const context = { latches: new Map(), now: 0 };

function chunk(plan: RunPlan, sent: Partial<Record<Stream, readonly JsonObject[]>>): Observed {
  const observed = new Observed(plan);
  for (const stream of ['history', 'events'] as const) {
    const lines = (sent[stream] ?? []).map((values) => ({ values, step: null, timestamp: null }));
    observed.add(stream, 0, lines);
  }
  return observed;
}

const fired = (windows: RunWindows, observed: Observed) =>
  windows.fold(observed, context).firings.map(({ automation: by, verdict }) => `${by.id}: ${verdict.current}`);

test('AUT-068: a bare name means the system metric until the run logs its own, and the series never mix', () => {
  const plan = planOf(bare, explicit, averaged);
  const first = chunk(plan, { events: [{ 'system.cpu': 90 }, { 'system.cpu': 80 }] });
  const windows = RunWindows.ofNewRun(first);
  assert.deepEqual(fired(windows, first), ['1: 90', '2: 90', '1: 80', '2: 80', '3: 85']);
  const both = chunk(plan, { history: [{ cpu: 11 }], events: [{ 'system.cpu': 70 }] });
  assert.deepEqual(fired(windows, both), ['1: 11', '2: 70']);
  assert.deepEqual(fired(windows, chunk(plan, { history: [{ cpu: 13 }] })), ['1: 13', '3: 12']);
  assert.deepEqual(fired(windows, chunk(plan, { events: [{ 'system.cpu': 60 }] })), ['2: 60']);
});

test('AUT-068: windows made anew ask the stored history whether the run has logged the bare name', () => {
  const plan = planOf(bare);
  const observed = chunk(plan, { events: [{ 'system.cpu': 90 }] });
  const lacking = () => RunWindows.ofStoredRun().lacking(observed);
  assert.deepEqual(
    lacking().map(({ series }) => series),
    ['system.cpu', 'cpu'],
  );
  for (const [logged, expected] of [
    [[], ['1: 90']],
    [[3], []],
  ] as const) {
    const windows = RunWindows.ofStoredRun();
    for (const watch of lacking()) windows.refill(watch, observed, watch.series === 'cpu' ? logged : [], true);
    assert.deepEqual(fired(windows, observed), expected);
  }
});

test('AUT-068: a filter that does not match excludes an automation from both series', () => {
  const plan = planOf(bare);
  const observed = chunk(plan, { events: [{ 'system.cpu': 90 }] });
  const windows = RunWindows.ofNewRun(observed);
  windows.exclude(windows.fold(observed, context).firings.map(({ automation: by }) => by));
  assert.deepEqual(fired(windows, chunk(plan, { events: [{ 'system.cpu': 91 }] })), []);
  assert.deepEqual(fired(windows, chunk(plan, { history: [{ cpu: 92 }] })), []);
});

test('AUT-068: labels of nodes are series of their own, and a text or a NaN is no metric of the run', () => {
  const plan = planOf(bare, automation('4', threshold({ metric: 'system/cpu/l:b' })));
  const events = [{ 'system.cpu/l:a': 90 }, { 'system.cpu/l:b': 91 }, { 'system.cpu': 92 }];
  const observed = chunk(plan, { history: [{ cpu: 'busy' }, { cpu: Number.NaN }, { 'system.cpu': 99 }], events });
  assert.deepEqual(fired(RunWindows.ofNewRun(observed), observed), ['4: 91', '1: 92']);
});
