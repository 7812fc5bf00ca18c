import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { asId } from '../model/ids.ts';
import { ChunkQueue } from './chunk-queue.ts';

const item = (run: number, no: number, tenant = run % 3) => ({
  key: { tenantId: asId<never>(`${tenant}`), runId: asId<never>(`${run}`) },
  no,
});
type Item = ReturnType<typeof item>;

const roomy = { waiting: 1000, ofOneRun: 1000 };
const all = { runs: 16, tenants: 16 };

describe('the queue of chunks', () => {
  test('gives each run at most once at a time and in its order, whatever comes between', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('offer' as const), run: fc.nat(6) }),
      fc.record({ kind: fc.constant('take' as const), runs: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ kind: fc.constant('done' as const), which: fc.nat(20) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const queue = new ChunkQueue<Item>(roomy);
        const atWork: Item[] = [];
        const taken: Item[] = [];
        let offered = 0;
        const take = (runs: number) => {
          for (const next of queue.take({ runs, tenants: 2 })) {
            assert.ok(!atWork.some(({ key }) => key.runId === next.key.runId), 'a run is at work twice');
            atWork.push(next);
            taken.push(next);
          }
        };
        for (const move of steps) {
          if (move.kind === 'offer') assert.ok(queue.offer(item(move.run, offered++)));
          else if (move.kind === 'take') take(move.runs);
          else for (const ended of atWork.splice(move.which % Math.max(1, atWork.length), 1)) queue.done(ended);
        }
        // everything that was offered comes out in the end
        while (taken.length < offered) {
          for (const ended of atWork.splice(0)) queue.done(ended);
          const before = taken.length;
          take(4);
          assert.ok(taken.length > before, 'something is stuck');
        }
        for (let run = 0; run <= 6; run += 1) {
          const numbers = taken.filter(({ key }) => key.runId === `${run}`).map(({ no }) => no);
          assert.deepEqual(
            numbers,
            numbers.toSorted((one, other) => one - other),
          );
        }
      }),
    );
  });

  test('holds the number of tenants that share a transaction', () => {
    const queue = new ChunkQueue<Item>(roomy);
    for (const [run, tenant] of [
      [1, 1],
      [2, 2],
      [3, 1],
      [4, 3],
    ] as const)
      queue.offer(item(run, 0, tenant));
    const tenants = (count: number) => queue.take({ runs: 16, tenants: count }).map(({ key }) => key.tenantId);
    assert.deepEqual(tenants(1), ['1', '1']);
    assert.deepEqual(tenants(2), ['2', '3']);
  });

  test('refuses what it has no room for, of all runs and of one', () => {
    const queue = new ChunkQueue<Item>({ waiting: 3, ofOneRun: 2 });
    assert.deepEqual(
      [item(1, 0), item(1, 1), item(1, 2), item(2, 0), item(3, 0)].map((next) => queue.offer(next)),
      [true, true, false, true, false],
    );
    assert.equal(queue.take(all).length, 2);
    assert.ok(queue.offer(item(3, 0)), 'what was taken made room');
  });
});
