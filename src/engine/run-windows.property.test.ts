import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { EventDefinition } from '../events/index.ts';
import type { AutomationId } from '../model/ids.ts';
import type { JsonObject } from '../model/json.ts';
import type { AutomationRecord } from './automation.ts';
import { automation, PLACE, threshold } from './fixtures.ts';
import type { MetricEvent } from './judge.ts';
import type { Latch } from './latch.ts';
import { observations } from './observations.ts';
import { Rulebook } from './rulebook.ts';
import type { RunPlan } from './run-plan.ts';
import { type ObservedRow, RunWindows } from './run-windows.ts';

/** What a run goes through: lines that arrive, and edits of automations between them. */
interface Story {
  readonly lines: readonly JsonObject[];
  /** The edit made before the line of that number. */
  readonly edits: ReadonlyMap<number, AutomationRecord>;
}

/** How the lines are cut into chunks, and before which chunks the server is restarted. */
type Cutting = readonly { readonly length: number; readonly restart: boolean }[];

const matchesRun = (id: AutomationId) => Number(id) % 5 !== 0;

/** The server, in memory: stored lines are the truth, windows a cache. */
function served({ lines, edits }: Story, cutting: Cutting): string[] {
  const book = new Rulebook();
  const stored: JsonObject[] = [];
  const latches = new Map<AutomationId, Latch>();
  const fired: string[] = [];
  let windows: RunWindows | undefined;
  for (const { rows, first, restart } of chunks({ lines, edits }, cutting)) {
    const edit = edits.get(first);
    if (edit !== undefined) book.patch([edit], String(first + 1));
    if (restart) windows = undefined;
    const plan = book.plan(PLACE);
    windows ??= stored.length === 0 ? RunWindows.ofNewRun(plan) : RunWindows.ofStoredRun();
    refill(windows, plan, stored);
    const context = { latches, matchesRun: ({ id }: { id: AutomationId }) => matchesRun(id), now: 0 };
    for (const { automation: by, line } of windows.fold(rows.map(observedBy(plan, first)), plan, context)) {
      fired.push(`${by.id} at ${line}`);
      latches.set(by.id, { conditionRevision: by.conditionRevision, lastFiredAt: 0 });
    }
    stored.push(...rows);
  }
  return fired;
}

function observedBy(plan: RunPlan, first: number) {
  return (line: JsonObject, index: number): ObservedRow => {
    const values: [string, number][] = [];
    observations(line, plan.watchedIn('history'), (name, value) => values.push([name, value]));
    return { line: first + index, step: null, timestamp: null, values };
  };
}

function refill(windows: RunWindows, plan: RunPlan, stored: readonly JsonObject[]): void {
  for (const { metric, need } of windows.lacking(plan)) {
    const values = stored
      .flatMap((line) => valuesOf(line).filter(([name]) => name === metric))
      .map(([, value]) => value);
    windows.refill(metric, values.slice(-need), values.length <= need);
  }
  assert.deepEqual(windows.lacking(plan), []);
}

/** The lines in chunks; an edit starts a new one. */
function* chunks({ lines, edits }: Story, cutting: Cutting) {
  let cut = 0;
  for (let first = 0; first < lines.length; cut += 1) {
    const { length, restart } = cutting[cut % cutting.length]!;
    let end = Math.min(first + length, lines.length);
    for (let line = first + 1; line < end; line += 1) if (edits.has(line)) end = line;
    yield { rows: lines.slice(first, end), first, restart };
    first = end;
  }
}

/** The oracle: for each value everything is computed anew from all values before it, as section 2.6 says. */
function foretold({ lines, edits }: Story): string[] {
  const alive = new Map<AutomationId, AutomationRecord>();
  const seen = new Map<string, number[]>();
  const latched = new Map<AutomationId, number>();
  const fired: string[] = [];
  lines.forEach((line, number) => {
    const edit = edits.get(number);
    if (edit !== undefined) alive.delete(edit.id);
    if (edit?.enabled && !edit.deleted) alive.set(edit.id, edit);
    for (const [name, value] of valuesOf(line)) {
      const values = [...(seen.get(name) ?? []), value];
      seen.set(name, values);
      for (const by of [...alive.values()].sort((a, b) => Number(a.id) - Number(b.id))) {
        const event = by.event as MetricEvent;
        if (event.metric !== name || latched.get(by.id) === by.conditionRevision) continue;
        if (!matchesRun(by.id) || !holds(event, values)) continue;
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
  at: fc.nat(60),
});
const story: fc.Arbitrary<Story> = fc
  .record({
    lines: fc.array(line, { minLength: 1, maxLength: 60, size: 'max' }),
    edits: fc.array(edit, { minLength: 1, maxLength: 8, size: 'max' }),
  })
  .map(({ lines, edits }) => {
    const sorted = [...edits].sort((left, right) => left.at - right.at);
    // Half of the automations are there from the first line on.
    const placed = sorted.map((item, index): [number, AutomationRecord] => {
      const fields = { enabled: item.enabled, conditionRevision: index + 1, revision: index + 1 };
      return [index < sorted.length / 2 ? index : item.at, automation(String(item.id), item.event, fields)];
    });
    return { lines, edits: new Map(placed) };
  });
const cutting: fc.Arbitrary<Cutting> = fc.array(
  fc.record({ length: fc.integer({ min: 1, max: 20 }), restart: fc.integer({ min: 0, max: 4 }).map((n) => n === 0) }),
  { minLength: 1, maxLength: 12 },
);

test('AUT-052, AUT-058, AUT-061: firings equal the oracle’s, however lines are cut and whenever the server restarts', () => {
  let firings = 0;
  fc.assert(
    fc.property(story, cutting, cutting, (tale, one, other) => {
      const expected = foretold(tale);
      firings += expected.length;
      assert.deepEqual(served(tale, one), expected);
      assert.deepEqual(served(tale, other), expected);
      assert.deepEqual(served(tale, [{ length: 1000, restart: false }]), expected);
    }),
    { numRuns: 1200 },
  );
  assert.ok(firings > 600, `the stories fire: ${firings}`);
});
