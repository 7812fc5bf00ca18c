import fc from 'fast-check';
import type { AutomationRecord } from '../../src/engine/automation.ts';
import { automation, PLACE, threshold } from '../../src/engine/fixtures.ts';
import type { MetricEvent } from '../../src/engine/judge.ts';
import type { Policy } from '../../src/engine/policy.ts';
import type { EventDefinition } from '../../src/events/index.ts';
import type { AutomationId } from '../../src/model/ids.ts';
import type { JsonObject } from '../../src/model/json.ts';

/** What a run goes through: lines that arrive, and what happens before the line of a number. */
export interface Story {
  readonly lines: readonly JsonObject[];
  readonly edits: ReadonlyMap<number, Edit>;
  /** Changes of the run's record. */
  readonly renamed: ReadonlySet<number>;
}

export interface Edit {
  readonly record: AutomationRecord;
  readonly enabled: boolean;
}

/** What befalls the node that stores a chunk, before it does. */
export type Mishap = 'none' | 'restarted' | 'evicted' | 'short of memory';

/** How the lines are cut into chunks, and which of two nodes stores each. */
export type Cutting = readonly { readonly length: number; readonly node: 0 | 1; readonly mishap: Mishap }[];

/** Whether the run is one that an automation is about. @param version of the run's record */
export const matchesRun = (id: AutomationId, version: number) => (Number(id) + version) % 4 !== 0;

/** The lines in chunks; what happens to the run starts a new one. */
export function* chunks({ lines, edits, renamed }: Story, cutting: Cutting) {
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
export function foretold({ lines, edits, renamed }: Story): string[] {
  const alive = new Map<AutomationId, AutomationRecord>();
  const seen = new Map<string, number[]>();
  /** Of the condition that fired last; it is taken out when the policy lets the automation fire anew. */
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
        if (event.metric !== name) continue;
        if (!holds(event, values)) {
          if (by.policy.kind === 'every_crossing') latched.delete(by.id);
          continue;
        }
        if (latched.get(by.id) === by.conditionRevision || !matchesRun(by.id, version)) continue;
        if (by.policy.kind !== 'cooldown') latched.set(by.id, by.conditionRevision);
        fired.push(`${by.id} at ${number}`);
      }
    }
  });
  return fired;
}

/** The observations of a line. */
export function valuesOf(line: JsonObject): [string, number][] {
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
/** What one line may hold. */
export const storyLine = fc.record(
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
  policy: fc.constantFrom<Policy>(
    { kind: 'default' },
    { kind: 'once_per_run' },
    { kind: 'every_crossing' },
    { kind: 'cooldown', seconds: 0 },
  ),
  scope: fc.constantFrom(
    { kind: 'project' as const, id: PLACE.projectId },
    { kind: 'entity' as const, id: PLACE.rootId },
  ),
  at: fc.nat(60),
});
export const story: fc.Arbitrary<Story> = fc
  .record({
    lines: fc.array(storyLine, { minLength: 1, maxLength: 60, size: 'max' }),
    edits: fc.array(edit, { minLength: 1, maxLength: 8, size: 'max' }),
    renamed: fc.array(fc.nat(60), { maxLength: 3 }),
  })
  .map(({ lines, edits, renamed }) => {
    const sorted = [...edits].sort((left, right) => left.at - right.at);
    // Half of the automations are there from the first line on.
    const placed = sorted.map(({ id, at, enabled, scope, policy, ...item }, index): [number, Edit] => {
      const fields = { conditionRevision: index + 1, revision: index + 1, scope, policy };
      const record = automation(String(id), item.event, fields);
      return [index < sorted.length / 2 ? index : at, { record, enabled }];
    });
    return { lines, edits: new Map(placed), renamed: new Set(renamed) };
  });
export const cutting: fc.Arbitrary<Cutting> = fc.array(
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
/** One chunk after the other at one node that forgets nothing. */
export const FORGETS_NOTHING: Cutting = [{ length: 1000, node: 0, mishap: 'none' }];
