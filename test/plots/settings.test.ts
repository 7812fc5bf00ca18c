import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { newAutomationSearch } from '../../web/app/automation-search.ts';
import { workspaceSearch } from '../../web/app/workspace-search.ts';
import { toldApart } from '../../web/features/plots/components/plot-run.ts';
import { lookOf, lookOfMetric, plotSearch, searchOfLook } from '../../web/features/plots/components/plot-settings.ts';
import { idsOf, runsOf } from '../../web/lib/run-ids.ts';

const axis = fc.oneof(
  fc.constantFrom('step', 'runtime', 'time').map((by) => ({ by })),
  fc.string({ minLength: 1 }).map((metric) => ({ by: 'metric' as const, metric })),
  fc.constant(undefined),
) as fc.Arbitrary<ReturnType<typeof lookOf>['axis']>;

/** Also those that every object has a member of. */
const metrics = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty'),
);

test('whatever the settings of plots are, their address says so and is read as it was written', () => {
  const smoothing = fc.integer({ min: 0, max: 99 }).map((hundredths) => hundredths / 100);
  const any = fc.record({ axis, smoothing, logX: fc.boolean(), logY: fc.boolean() });
  fc.assert(
    fc.property(any, metrics, (given, metric) => {
      const look = { ...given, logX: given.logX && given.axis?.by !== 'time' };
      const address = searchOfLook(look);
      assert.deepEqual(lookOf(plotSearch({ ...address })), look);
      const own = plotSearch(JSON.parse(JSON.stringify({ set: { [metric]: address }, smooth: 0.5 })));
      assert.deepEqual(own, { set: Object.fromEntries([[metric, address]]), smooth: 0.5 });
      assert.deepEqual(lookOfMetric(own, metric), look);
      const others = plotSearch({ ...address, set: { [`${metric}2`]: { smooth: 0.5 } } });
      assert.deepEqual(lookOfMetric(others, metric), look, 'what another has of its own');
    }),
  );
  assert.deepEqual(searchOfLook(lookOf({})), {}, 'what is as it is by itself is not said');
});

test('an address that makes no sense says nothing, and breaks nothing', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('x', 'smooth', 'log', 'find', 'closed', 'panel', 'set', 'runs'), fc.jsonValue()),
      (given) => {
        const { axis: read, smoothing } = lookOf(workspaceSearch(given));
        assert.ok(smoothing >= 0 && smoothing < 1 && (read === undefined || read.by !== undefined));
        assert.deepEqual(workspaceSearch({ ...workspaceSearch(given) }), workspaceSearch(given));
      },
    ),
  );
});

test('the ids of runs are read as they were written, also those with commas and none', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 })), (ids) => {
      assert.deepEqual(idsOf(workspaceSearch({ runs: runsOf(ids) }).runs), ids);
    }),
  );
  assert.equal(idsOf(workspaceSearch({}).runs), undefined);
  assert.deepEqual(idsOf(workspaceSearch({ runs: 17 }).runs), ['17'], 'an id of digits alone');
});

test('runs that share a colour are told apart', () => {
  const run = (id: string, colour: string) => ({ id, name: id, colour, live: false });
  const told = toldApart([run('a', 'red'), run('b', 'blue'), run('c', 'red')]);
  assert.deepEqual(
    told.map(({ dash }) => dash),
    [0, 0, 1],
  );
});

test('what a plot chose of a threshold is read from the address of a new automation, and nothing else', () => {
  const said = { metric: 'loss', comparison: '$lt', value: 0.5, aggregation: 'AVERAGE', window: '5', action: 'NO_OP' };
  assert.deepEqual(newAutomationSearch({ ...said, more: 1 }), { ...said, value: '0.5' });
  assert.deepEqual(newAutomationSearch({ comparison: '$near', aggregation: 'SUM', action: 'DELETE' }), {});
});
