import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { latchAfter } from '../../test/support/latch-after.ts';
import {
  type Cutting,
  chunks,
  cutting,
  type Edit,
  FORGETS_NOTHING,
  foretold,
  type Mishap,
  matchesRun,
  type Story,
  story,
  valuesOf,
} from '../../test/support/metric-story.ts';
import { casesOf } from '../../test/support/property-cases.ts';
import type { AutomationId } from '../model/ids.ts';
import type { JsonObject } from '../model/json.ts';
import { compile } from './automation.ts';
import { PLACE } from './fixtures.ts';
import type { Latch } from './latch.ts';
import { Observed } from './observe.ts';
import { Rulebook } from './rulebook.ts';
import { RunWindows } from './run-windows.ts';
import type { Firing } from './series-fold.ts';

/** Everything that the nodes share. */
class Stored {
  readonly lines: JsonObject[] = [];
  readonly edits: Edit[] = [];
  readonly latches = new Map<AutomationId, Latch>();
  metaVersion = 0;
}

/** One node of the server, in memory: what is stored is the truth, its windows are a cache. */
class Node {
  #book = new Rulebook();
  #windows: RunWindows | undefined;
  #lines = 0;
  #metaVersion = 0;

  suffer(mishap: Mishap): void {
    if (mishap === 'restarted') this.#book = new Rulebook();
    if (mishap === 'restarted' || mishap === 'evicted') this.#windows = undefined;
    if (mishap === 'short of memory') this.#windows?.dropLongerThan(8);
  }

  store(rows: readonly JsonObject[], stored: Stored): string[] {
    const since = Number(this.#book.version);
    const changes = stored.edits.slice(since).map(({ record, enabled }) => ({
      id: record.id,
      automation: enabled ? compile(record) : undefined,
    }));
    this.#book.patch(changes);
    this.#book.reach(String(stored.edits.length));
    const observed = this.#observe(rows, stored.lines.length);
    const windows = this.#current(observed, stored);
    for (const watch of windows.lacking(observed)) {
      const values = stored.lines.flatMap((line) => valuesOf(line).filter(([name]) => name === watch.series));
      const newest = values.map(([, value]) => value).slice(-watch.needs);
      windows.refill(watch, observed, newest, values.length < watch.needs);
    }
    const { firings: held, latches } = windows.fold(observed, { latches: stored.latches, now: 0 });
    const fires = ({ automation: by }: Firing) => matchesRun(by.id, stored.metaVersion);
    for (const [by, fold] of latches) {
      const before = stored.latches.get(by.id);
      const fired = held.filter((firing) => firing.automation === by && fires(firing)).length;
      const matched = matchesRun(by.id, stored.metaVersion);
      const armed = matched ? fold.armed : (before?.armed ?? true) || fold.rearmed;
      const after = latchAfter(before, by, { armed }, fired, 0);
      if (after !== undefined) stored.latches.set(by.id, after);
      if (!matched && (by.policy.kind !== 'every_crossing' || armed)) windows.exclude([by]);
    }
    stored.lines.push(...rows);
    this.#windows = windows;
    this.#lines = stored.lines.length;
    this.#metaVersion = stored.metaVersion;
    return held.filter(fires).map(({ automation: by, line }) => `${by.id} at ${line}`);
  }

  #current(observed: Observed, stored: Stored): RunWindows {
    if (stored.lines.length === 0) return RunWindows.ofNewRun(observed);
    if (this.#windows === undefined) return RunWindows.ofStoredRun();
    this.#windows.catchUp(this.#observe(stored.lines.slice(this.#lines), this.#lines));
    if (this.#metaVersion !== stored.metaVersion) this.#windows.includeAll();
    return this.#windows;
  }

  #observe(lines: readonly JsonObject[], first: number): Observed {
    const observed = new Observed(this.#book.plan(PLACE));
    observed.add(
      'history',
      first,
      lines.map((values) => ({ values, step: null, timestamp: null })),
    );
    return observed;
  }
}

function served(story: Story, cutting: Cutting): string[] {
  const nodes = [new Node(), new Node()];
  const stored = new Stored();
  return [...chunks(story, cutting)].flatMap(({ rows, first, node, mishap }) => {
    const edit = story.edits.get(first);
    if (edit !== undefined) stored.edits.push(edit);
    if (story.renamed.has(first)) stored.metaVersion += 1;
    nodes[node]!.suffer(mishap);
    return nodes[node]!.store(rows, stored);
  });
}

test('AUT-052, AUT-058, AUT-061: firings equal the oracle’s under every policy, however lines are cut, whichever node stores them and whatever it forgets', () => {
  let firings = 0;
  fc.assert(
    fc.property(story, cutting, cutting, (tale, one, other) => {
      const expected = foretold(tale);
      firings += expected.length;
      assert.deepEqual(served(tale, FORGETS_NOTHING), expected);
      assert.deepEqual(served(tale, one), expected);
      assert.deepEqual(served(tale, other), expected);
    }),
    { numRuns: casesOf(1200) },
  );
  assert.ok(firings > 600, `the stories fire: ${firings}`);
});
