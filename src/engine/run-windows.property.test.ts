import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { EventDefinition } from '../events/index.ts';
import type { AutomationId } from '../model/ids.ts';
import type { JsonObject } from '../model/json.ts';
import { type AutomationRecord, compile } from './automation.ts';
import { automation, PLACE, threshold } from './fixtures.ts';
import type { MetricEvent } from './judge.ts';
import type { Latch } from './latch.ts';
import { Observed } from './observe.ts';
import { Rulebook } from './rulebook.ts';
import { type Firing, RunWindows } from './run-windows.ts';

/** What a run goes through: lines that arrive, and what happens before the line of a number. */
interface Story {
  readonly lines: readonly JsonObject[];
  readonly edits: ReadonlyMap<number, Edit>;
  /** Changes of the run's record. */
  readonly renamed: ReadonlySet<number>;
}

interface Edit {
  readonly record: AutomationRecord;
  readonly enabled: boolean;
}

/** What befalls the node that stores a chunk, before it does. */
type Mishap = 'none' | 'restarted' | 'evicted' | 'short of memory';

/** How the lines are cut into chunks, and which of two nodes stores each. */
type Cutting = readonly { readonly length: number; readonly node: 0 | 1; readonly mishap: Mishap }[];

/** @param version of the run's record */
const matchesRun = (id: AutomationId, version: number) => (Number(id) + version) % 4 !== 0;

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
    this.#book.patch(changes, String(stored.edits.length));
    const observed = this.#observe(rows, stored.lines.length);
    const windows = this.#current(observed, stored);
    for (const watch of windows.lacking(observed)) {
      const values = stored.lines.flatMap((line) => valuesOf(line).filter(([name]) => name === watch.series));
      const newest = values.map(([, value]) => value).slice(-watch.needs);
      windows.refill(watch, observed, newest, values.length < watch.needs);
    }
    const held = windows.fold(observed, { latches: stored.latches, now: 0 });
    const fires = ({ automation: by }: Firing) => matchesRun(by.id, stored.metaVersion);
    windows.exclude(held.filter((firing) => !fires(firing)).map(({ automation: by }) => by));
    for (const { automation: by } of held.filter(fires)) {
      stored.latches.set(by.id, { conditionRevision: by.conditionRevision, lastFiredAt: 0 });
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

/** The lines in chunks; what happens to the run starts a new one. */
function* chunks({ lines, edits, renamed }: Story, cutting: Cutting) {
  let cut = 0;
  for (let first = 0; first < lines.length; cut += 1) {
    const { length, ...rest } = cutting[cut % cutting.length]!;
    let end = Math.min(first + length, lines.length);
    for (let line = first + 1; line < end; line += 1) if (edits.has(line) || renamed.has(line)) end = line;
    yield { rows: lines.slice(first, end), first, ...rest };
    first = end;
  }
}

/** The oracle: for each value everything is computed anew from all values before it, as section 2.6 says. */
function foretold({ lines, edits, renamed }: Story): string[] {
  const alive = new Map<AutomationId, AutomationRecord>();
  const seen = new Map<string, number[]>();
  const latched = new Map<AutomationId, number>();
  const fired: string[] = [];
  let version = 0;
  lines.forEach((line, number) => {
    const edit = edits.get(number);
    if (edit !== undefined) alive.delete(edit.record.id);
    if (edit?.enabled) alive.set(edit.record.id, edit.record);
    if (renamed.has(number)) version += 1;
    for (const [name, value] of valuesOf(line)) {
      const values = [...(seen.get(name) ?? []), value];
      seen.set(name, values);
      for (const by of [...alive.values()].sort((a, b) => Number(a.id) - Number(b.id))) {
        const event = by.event as MetricEvent;
        if (event.metric !== name || latched.get(by.id) === by.conditionRevision) continue;
        if (!matchesRun(by.id, version) || !holds(event, values)) continue;
        latched.set(by.id, by.conditionRevision);
        fired.push(`${by.id} at ${number}`);
      }
    }
  });
  return fired;
}

function valuesOf(line: JsonObject): [string, number][] {
  return Object.entries(line).flatMap(([key, value]): [string, number][] => {
    if (typeof value === 'number') return Number.isNaN(value) ? [] : [[key, value]];
    if (typeof value !== 'object' || value === null || '_type' in value) return [];
    return valuesOf(value as JsonObject).map(([below, item]) => [`${key}.${below}`, item]);
  });
}

function holds(event: MetricEvent, values: readonly number[]): boolean {
  const n = values.length;
  const agg = (part: readonly number[], op: string | null) =>
    op === null ? part.at(-1)! : op === 'MIN' ? Math.min(...part) : op === 'MAX' ? Math.max(...part) : average(part);
  const reaches = (m: number, direction: string, amount: number) =>
    (direction !== 'DECREASE' && m >= amount) || (direction !== 'INCREASE' && m <= -amount);
  if (event.type === 'RUN_METRIC') {
    const window = event.aggregation === null ? 1 : event.window;
    if (n < window) return false;
    const y = agg(values.slice(n - window), event.aggregation);
    const t = event.threshold;
    return { $gt: y > t, $gte: y >= t, $lt: y < t, $lte: y <= t, $eq: y === t, $ne: y < t || y > t }[event.comparison];
  }
  if (event.type === 'RUN_METRIC_CHANGE') {
    const [c, p] = event.aggregation === null ? [1, 1] : [event.currentWindow, event.priorWindow];
    if (n < c + p) return false;
    const prior = agg(values.slice(n - c - p, n - c), event.aggregation);
    const d = agg(values.slice(n - c), event.aggregation) - prior;
    if (event.changeType === 'ABSOLUTE') return reaches(d, event.direction, event.amount);
    return d !== 0 && reaches(d / Math.abs(prior), event.direction, event.amount);
  }
  if (n < event.window + 1) return false;
  const baseline = values.slice(n - 1 - event.window, n - 1);
  const mean = average(baseline);
  const deviation = Math.sqrt(average(baseline.map((value) => (value - mean) ** 2)));
  if (deviation <= 1e-12 * Math.abs(mean)) return false;
  return reaches((values.at(-1)! - mean) / deviation, event.direction, event.threshold);
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

// Quarters: sums of them are exact, so the oracle may add plainly.
const number = fc.integer({ min: -16, max: 16 }).map((quarters) => quarters / 4);
const value = fc.oneof(
  { weight: 12, arbitrary: number },
  {
    weight: 1,
    arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, '3', null, true),
  },
);
const line = fc.record(
  {
    loss: value,
    d: fc.oneof(value, fc.record({ x: value }), fc.constant({ _type: 'x', x: 9 })),
    text: fc.constant('1'),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>;

const metric = fc.constantFrom('loss', 'd.x', 'd');
const aggregation = fc.constantFrom('AVERAGE' as const, 'MIN' as const, 'MAX' as const, null);
const direction = fc.constantFrom('INCREASE' as const, 'DECREASE' as const, 'ANY' as const);
const window = fc.integer({ min: 1, max: 9 });
const runFilter = fc.constant({ $and: [] });
const event: fc.Arbitrary<EventDefinition> = fc.oneof(
  fc
    .record({
      metric,
      aggregation,
      window,
      comparison: fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$eq', '$ne'),
      threshold: number,
    })
    .map((fields) => threshold(fields)),
  fc.record({
    type: fc.constant('RUN_METRIC_CHANGE' as const),
    runFilter,
    metric,
    aggregation,
    currentWindow: window,
    priorWindow: window,
    changeType: fc.constantFrom('ABSOLUTE' as const, 'RELATIVE' as const),
    direction,
    amount: fc.constantFrom(0.25, 0.5, 1, 2, 4),
  }),
  fc.record({
    type: fc.constant('RUN_METRIC_ZSCORE' as const),
    runFilter,
    metric,
    window,
    // No z-score of quarters is exactly one of these.
    threshold: fc.constantFrom(0.5137, 1.0137, 2.0137),
    direction,
  }),
);

const edit = fc.record({
  id: fc.integer({ min: 1, max: 6 }),
  event,
  enabled: fc.integer({ max: 3 }).map((n) => n !== 0),
  scope: fc.constantFrom(
    { kind: 'project' as const, id: PLACE.projectId },
    { kind: 'entity' as const, id: PLACE.rootId },
  ),
  at: fc.nat(60),
});
const story: fc.Arbitrary<Story> = fc
  .record({
    lines: fc.array(line, { minLength: 1, maxLength: 60, size: 'max' }),
    edits: fc.array(edit, { minLength: 1, maxLength: 8, size: 'max' }),
    renamed: fc.array(fc.nat(60), { maxLength: 3 }),
  })
  .map(({ lines, edits, renamed }) => {
    const sorted = [...edits].sort((left, right) => left.at - right.at);
    // Half of the automations are there from the first line on.
    const placed = sorted.map(({ id, at, enabled, scope, ...item }, index): [number, Edit] => {
      const fields = { conditionRevision: index + 1, revision: index + 1, scope };
      const record = automation(String(id), item.event, fields);
      return [index < sorted.length / 2 ? index : at, { record, enabled }];
    });
    return { lines, edits: new Map(placed), renamed: new Set(renamed) };
  });
const cutting: fc.Arbitrary<Cutting> = fc.array(
  fc.record({
    length: fc.integer({ min: 1, max: 20 }),
    node: fc.constantFrom(0 as const, 1 as const),
    mishap: fc.oneof(
      { weight: 4, arbitrary: fc.constant('none' as const) },
      { weight: 2, arbitrary: fc.constantFrom('restarted' as const, 'evicted' as const, 'short of memory' as const) },
    ),
  }),
  { minLength: 1, maxLength: 12 },
);
const FORGETS_NOTHING: Cutting = [{ length: 1000, node: 0, mishap: 'none' }];

test('AUT-052, AUT-058, AUT-061: firings equal the oracle’s, however lines are cut, whichever node stores them and whatever it forgets', () => {
  let firings = 0;
  fc.assert(
    fc.property(story, cutting, cutting, (tale, one, other) => {
      const expected = foretold(tale);
      firings += expected.length;
      assert.deepEqual(served(tale, FORGETS_NOTHING), expected);
      assert.deepEqual(served(tale, one), expected);
      assert.deepEqual(served(tale, other), expected);
    }),
    { numRuns: 1200 },
  );
  assert.ok(firings > 600, `the stories fire: ${firings}`);
});
