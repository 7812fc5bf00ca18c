import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { latchAfter } from '../../test/support/latch-after.ts';
import { casesOf } from '../../test/support/property-cases.ts';
import type { AutomationId } from '../model/ids.ts';
import { automation, planOf, threshold } from './fixtures.ts';
import type { Latch } from './latch.ts';
import { Observed } from './observe.ts';
import { DEFAULT_COOLDOWN_MS, type Policy } from './policy.ts';
import { RunWindows } from './run-windows.ts';

const ID = '1' as AutomationId;
const MINUTE = 60_000;

/** Some lines that arrive together, a while after those before, at a node that may know nothing of them. */
interface Chunk {
  readonly lines: number;
  readonly after: number;
  readonly forgets: boolean;
}

interface Played {
  /** When it fired. */
  readonly fired: readonly number[];
  readonly held: number;
}

/** Stores a series of one value for which the condition always holds. */
function play(policy: Policy, chunks: readonly Chunk[]): Played {
  const plan = planOf(automation(ID, threshold(), { policy }));
  let [now, line, held] = [0, 0, 0];
  let windows: RunWindows | undefined;
  let latch: Latch | undefined;
  const fired: number[] = [];
  for (const chunk of chunks) {
    now += chunk.after;
    const observed = new Observed(plan);
    const rows = Array.from({ length: chunk.lines }, () => ({ values: { loss: 11 }, step: null, timestamp: null }));
    observed.add('history', line, rows);
    if (windows === undefined || chunk.forgets) {
      windows = line === 0 ? RunWindows.ofNewRun(observed) : RunWindows.ofStoredRun();
      for (const watch of windows.lacking(observed))
        windows.refill(watch, observed, line === 0 ? [] : [11], line === 0);
    }
    const latches = new Map(latch === undefined ? [] : [[ID, latch]]);
    const { firings, latches: folds } = windows.fold(observed, { latches, now });
    for (const [by, fold] of folds) {
      latch = latchAfter(latch, by, fold, firings.length, now);
      held += fold.held.reduce((sum, count) => sum + count);
    }
    for (const _ of firings) fired.push(now);
    line += chunk.lines;
  }
  return { fired, held };
}

const policy: fc.Arbitrary<Policy> = fc.oneof(
  fc.constantFrom<Policy>({ kind: 'default' }, { kind: 'once_per_run' }, { kind: 'every_crossing' }),
  fc.integer({ min: 0, max: 200_000 }).map((seconds): Policy => ({ kind: 'cooldown', seconds })),
);
const chunks: fc.Arbitrary<readonly Chunk[]> = fc.array(
  fc.record({
    lines: fc.integer({ min: 1, max: 12 }),
    after: fc.oneof(
      fc.constant(0),
      fc.integer({ min: 0, max: 3000 }).map((minutes) => minutes * MINUTE),
    ),
    forgets: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);

/** The shortest time between two firings that a policy allows a condition that never ceases to hold. */
function shortest(policy: Policy): number {
  switch (policy.kind) {
    case 'default':
      return DEFAULT_COOLDOWN_MS;
    case 'cooldown':
      return policy.seconds * 1000;
    case 'once_per_run':
    case 'every_crossing':
      return Number.POSITIVE_INFINITY;
  }
}

test('a constant series never fires more often than its policy allows, however it is cut, and nothing is silent', () => {
  fc.assert(
    fc.property(policy, chunks, (by, some) => {
      const { fired, held } = play(by, some);
      const gaps = fired.slice(1).map((at, place) => at - fired[place]!);
      assert.ok(
        gaps.every((gap) => gap >= shortest(by)),
        `fired at ${fired}`,
      );
      assert.equal(fired[0], some[0]!.after);
      assert.equal(
        fired.length + held,
        some.reduce((sum, { lines }) => sum + lines, 0),
      );
    }),
    { numRuns: casesOf(10_000) },
  );
});

test('a constant series fires again as soon as its cooldown lets it', () => {
  const chunk = (after: number): Chunk => ({ lines: 3, after, forgets: false });
  const cooldown: Policy = { kind: 'cooldown', seconds: 60 };
  assert.deepEqual(play(cooldown, [chunk(0), chunk(59_999), chunk(1), chunk(60_000)]), {
    fired: [0, 60_000, 120_000],
    held: 9,
  });
  assert.deepEqual(play({ kind: 'cooldown', seconds: 0 }, [chunk(5)]), { fired: [5, 5, 5], held: 0 });
});
