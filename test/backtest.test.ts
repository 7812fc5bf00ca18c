import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { runBacktest } from '../src/automations/run-backtest.ts';
import { surveySeries } from '../src/automations/survey-series.ts';
import { isMetricAutomation } from '../src/engine/automation.ts';
import { printDefinition } from '../src/engine/definition.ts';
import { draftAutomation } from '../src/engine/draft.ts';
import { DEFAULT_OPTIONS, type Options } from '../src/engine/options.ts';
import { SeriesSurvey } from '../src/engine/series-survey.ts';
import type { RunEventDefinition } from '../src/events/index.ts';
import type { JsonObject } from '../src/model/json.ts';
import { insertAutomation } from '../src/store/automation-edits.ts';
import { endReachLease, findReaches, leaseReach, type Reach } from '../src/store/history-reach.ts';
import { ensurePartitions } from '../src/store/partitions.ts';
import type { RunKey } from '../src/store/run-heads.ts';
import { appendAlone } from '../src/tracking/append-history.ts';
import { makeColumns } from '../src/tracking/make-columns.ts';
import type { InProcess } from './support/in-process.ts';
import { chunkOf, editRulebook, newPlace, openMetricStage, rootOf } from './support/metric-stage.ts';
import { story, storyLine, valuesOf } from './support/metric-story.ts';
import { casesOf } from './support/property-cases.ts';
import { type SeedPlace, seedRun } from './support/seeded-runs.ts';

const HOUR = 3_600_000;
let here: InProcess;

before(async () => {
  here = await openMetricStage();
});

/** A definition without its action. */
interface Watch {
  readonly event: RunEventDefinition;
  readonly options: Options;
}

async function automate(place: SeedPlace, { event, options }: Watch, name: string): Promise<void> {
  const definition = printDefinition({ ...options, event, action: { type: 'NO_OP' } });
  const scope = { scopeKind: 'project' as const, scopeId: place.projectId };
  await editRulebook(here, place, (tx, rootId, edit) =>
    insertAutomation(tx, rootId, { ...place, ...scope, name, description: null, enabled: true, definition }, edit),
  );
}

async function makeSomeColumns(key: RunKey, blockLines: number): Promise<void> {
  for (const reach of await findReaches(here.ground.database, key)) await makeColumnsOf(reach, blockLines);
}

/** As when the run has ended. */
const makeAllColumns = (reach: Reach) => makeColumnsOf({ ...reach, state: 'finished' }, 7);

async function makeColumnsOf(reach: Reach, blockLines: number): Promise<void> {
  const { database, clock } = here.ground;
  const now = clock.now();
  await database.transaction((tx) => leaseReach(tx, reach, now, now + 60_000));
  await makeColumns(database, reach, blockLines);
  await endReachLease(database, reach);
}

/** Runs of one case: what all of them share costs more than what each does. */
const RUNS = 6;

/** What is sent at once, and what happens before more is. */
interface Cut {
  readonly length: number;
  readonly hours: number;
  /** How many lines a block of the columns takes that are made then; 0 for none. */
  readonly columns: number;
  readonly system: boolean;
}

const pieces: fc.Arbitrary<readonly Cut[]> = fc.array(
  fc.record({
    length: fc.integer({ min: 1, max: 20 }),
    // beside the limit of once in 24 hours
    hours: fc.constantFrom(0, 0, 0, 1, 12, 23, 25),
    columns: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 12 })),
    // also, or only, as system metrics
    system: fc.constantFrom(false, false, true),
  }),
  { minLength: 1, maxLength: 10 },
);

interface Logged {
  readonly lines: readonly JsonObject[];
  /** Lines before this one are system metrics alone. */
  readonly ownFrom: number;
}

const logged: fc.Arbitrary<Logged> = fc.record({
  lines: fc.array(storyLine, { minLength: 1, maxLength: 60, size: 'max' }),
  ownFrom: fc.oneof(fc.constant(0), fc.nat(60)),
});
const runs = fc.array(logged, { minLength: RUNS, maxLength: RUNS });

/** The first line that is the run's own, and the first that is asked about. */
const ownAndSince = fc.tuple(fc.nat(30), fc.nat(20)).map(([own, more]) => [own, own + more] as const);

/** A run of a case, as far as it has come. */
interface Logging extends Logged {
  readonly key: RunKey;
  readonly history: JsonObject[];
  readonly events: JsonObject[];
}

/** Sends the next lines of a run as one request of its client. */
async function log({ key, lines, ownFrom, history, events }: Logging, from: number, cut: Cut): Promise<void> {
  const sent = lines.slice(from, from + cut.length);
  if (sent.length === 0) return;
  const own = sent.slice(Math.max(0, ownFrom - from));
  const system = (cut.system ? sent : sent.slice(0, sent.length - own.length)).map((line) => ({ system: line }));
  const streams = {
    history: { offset: history.length, rows: own },
    events: { offset: events.length, rows: system },
  };
  await appendAlone(here.tracking, chunkOf(key, streams));
  history.push(...own);
  events.push(...system);
  if (cut.columns > 0) await makeSomeColumns(key, cut.columns);
}

test('AUT-068, AUT-150, AUT-153: a backtest fires what live evaluation fired, and a survey counts it, however history came and is stored', async () => {
  let firings = 0;
  await fc.assert(
    fc.asyncProperty(story, runs, pieces, fc.boolean(), ownAndSince, async (tale, logs, cuts, filtered, lines) => {
      // cases take weeks, one after the other
      await ensurePartitions(here.ground.database, here.ground.clock.now());
      const place = await newPlace(here);
      const runFilter = filtered ? { 'config.kind': 'a' } : { $and: [] };
      const watches = [...tale.edits.values()].map(({ record }) => ({
        event: { ...record.event, runFilter } as RunEventDefinition,
        options: { ...DEFAULT_OPTIONS, policy: record.policy },
      }));
      for (const [at, watch] of watches.entries()) await automate(place, watch, String(at));
      const from = here.ground.clock.now();
      const going = await Promise.all(logs.map((each, number) => begin(place, each, number)));
      const longest = Math.max(...logs.map((each) => each.lines.length));
      for (let at = 0, cut = 0; at < longest; cut += 1) {
        const next = cuts[cut % cuts.length]!;
        await Promise.all(going.map((run) => log(run, at, next)));
        at += next.length;
        here.pass(next.hours * HOUR);
      }
      here.pass(1);
      const to = here.ground.clock.now();
      for (const [at, watch] of watches.entries()) {
        const expected = await fired(place, String(at));
        firings += expected.length;
        assert.deepEqual(await backtested(place, watch, { from, to }), expected);
        await assertSurveyed(going[at % RUNS]!, watch.event, lines);
      }
      // what columns hold as a whole is read for all runs at a time
      for (const reach of (await Promise.all(going.map(({ key }) => findReaches(here.ground.database, key)))).flat()) {
        await makeAllColumns(reach);
      }
      for (const [at, watch] of watches.entries()) {
        assert.deepEqual(await backtested(place, watch, { from, to }), await fired(place, String(at)));
      }
    }),
    { numRuns: casesOf(60) / RUNS },
  );
  assert.ok(firings > 0, 'no story fired');
});

async function begin(place: SeedPlace, { lines, ownFrom }: Logged, number: number): Promise<Logging> {
  const config = { kind: { value: number % 2 === 0 ? 'a' : 'b' } };
  const key = await seedRun(here.ground, place, { name: `run-${number}`, config });
  return { key, lines, ownFrom, history: [], events: [] };
}

/** `a at 3, ` and the instant, for each execution of an automation. */
async function fired(place: SeedPlace, name: string): Promise<string[]> {
  const rows = await here.ground.database.query<{ run: string; line: number; at: number }>(
    `select run.name as run, (explanation->>'line')::int as line, execution.created_at as at
       from execution join execution_detail using (tenant_id, event_id, automation_id, ask)
       join automation on automation.id = execution.automation_id
       join run on run.tenant_id = execution.tenant_id and run.run_id = execution.subject_id
      where execution.tenant_id = $1 and automation.name = $2`,
    [place.tenantId, name],
  );
  return rows.map(({ run, line, at }) => `${run} at ${line}, ${at}`).toSorted();
}

async function backtested(place: SeedPlace, watch: Watch, range: { from: number; to: number }): Promise<string[]> {
  const { tenantId, projectId } = place;
  const { database } = here.ground;
  const territory = {
    tenantId,
    projectId,
    collectionId: null,
    visibilities: ['Open', 'Public', 'Team', 'Restricted'] as const,
    registries: [],
  };
  const scope = { kind: 'project' as const, id: projectId };
  const task = {
    tenantId,
    rootId: await rootOf(here, place),
    scope,
    ...watch,
    collection: null,
    territories: [territory],
    ...range,
  };
  const report = await runBacktest(database, task, async () => true);
  assert.equal(report.fired, report.firings.length);
  return report.firings.map(({ run, line, at }) => `${run} at ${line}, ${at}`).toSorted();
}

/** What is told of the values from a line on, those before the first own line in no window, by bounds and blocks, is what looking at each of them tells. */
async function assertSurveyed(
  { key, history: lines }: Logging,
  event: RunEventDefinition,
  [fromLine, sinceLine]: readonly [number, number],
): Promise<void> {
  const automation = draftAutomation({ tenantId: key.tenantId, scope: { kind: 'project', id: '1' }, event });
  assert.ok(isMetricAutomation(automation));
  const stream = { ...key, stream: 'history' as const };
  const range = { own: { fromLine, beforeLine: lines.length }, sinceLine };
  const { survey, values } = await surveySeries(here.ground.database, stream, automation, range, () => true);
  const all = lines.flatMap((line, number) =>
    valuesOf(line).flatMap(([name, value]) => (name === automation.series ? [{ number, value }] : [])),
  );
  const before = all.filter(({ number }) => number >= fromLine && number < sinceLine).map(({ value }) => value);
  const since = all.filter(({ number }) => number >= sinceLine);
  const expected = new SeriesSurvey(automation);
  expected.stretch(before)({
    firstLine: 0,
    lines: Uint32Array.from(since.map(({ number }) => number)),
    values: Float64Array.from(since.map(({ value }) => value)),
  });
  assert.deepEqual([values, survey.looked, survey.held], [since.length, since.length, expected.held]);
  assert.equal(survey.nearest?.shortfall, expected.nearest?.shortfall);
}
