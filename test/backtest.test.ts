import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { runBacktest } from '../src/automations/run-backtest.ts';
import { surveySeries } from '../src/automations/survey-series.ts';
import { findProject } from '../src/directory/find-project.ts';
import { isMetricAutomation } from '../src/engine/automation.ts';
import { printDefinition } from '../src/engine/definition.ts';
import { draftAutomation } from '../src/engine/draft.ts';
import { DEFAULT_OPTIONS, type Options } from '../src/engine/options.ts';
import { SeriesSurvey } from '../src/engine/series-survey.ts';
import type { RunEventDefinition } from '../src/events/index.ts';
import type { JsonObject } from '../src/model/json.ts';
import { printLooseJson } from '../src/model/loose-json.ts';
import { insertAutomation } from '../src/store/automation-edits.ts';
import { endReachLease, findReaches, leaseReach, type Reach } from '../src/store/history-reach.ts';
import { nextRulebookVersion } from '../src/store/rulebook.ts';
import { findRunHead, type RunKey } from '../src/store/run-heads.ts';
import { findRootIds } from '../src/store/run-subjects.ts';
import { appendAlone } from '../src/tracking/append-history.ts';
import { makeColumns } from '../src/tracking/make-columns.ts';
import type { RunChunk } from '../src/tracking/run-chunk.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';
import { type Story, story, valuesOf } from './support/metric-story.ts';
import { type SeedPlace, seedRun } from './support/seeded-runs.ts';

const HOUR = 3_600_000;
let here: InProcess;
let made = 0;

before(async () => {
  here = await openInProcess();
  await here.user('ann');
  await here.organization('acme', { ann: 'admin' });
});

async function newPlace(): Promise<SeedPlace> {
  made += 1;
  const entityName = `team-${made}`;
  await here.team('acme', entityName, { ann: 'admin' });
  await here.as('ann', 'mutation C($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }', {
    input: { name: 'p', entityName },
  });
  const viewer = await here.viewer('ann');
  const project = await findProject(here.ground, viewer, entityName, 'p');
  return { tenantId: project!.tenantId, projectId: project!.id, userId: viewer.userId };
}

/** A definition without its action. */
interface Watch {
  readonly event: RunEventDefinition;
  readonly options: Options;
}

async function automate(place: SeedPlace, { event, options }: Watch, name: string): Promise<void> {
  const { database, clock } = here.ground;
  const rootId = (await findRootIds(database, [place.tenantId])).get(place.tenantId)!;
  await database.transaction(async (tx) => {
    const edit = { rulebookVersion: await nextRulebookVersion(tx, rootId), by: place.userId, now: clock.now() };
    const definition = printDefinition({ ...options, event, action: { type: 'NO_OP' } });
    const scope = { scopeKind: 'project' as const, scopeId: place.projectId };
    await insertAutomation(
      tx,
      rootId,
      { ...place, ...scope, name, description: null, enabled: true, definition },
      edit,
    );
  });
}

/** Stores lines as one request of the run's client. */
async function log(key: RunKey, offset: number, rows: readonly JsonObject[]): Promise<void> {
  const lines = rows.map((values) => ({ raw: printLooseJson(values), values, step: null, timestamp: null }));
  const nothing = { writer: undefined, events: undefined, summary: undefined, console: undefined, ended: undefined };
  const chunk: RunChunk = { ...key, ...nothing, history: { offset, lines }, uploaded: [], preempting: false };
  await appendAlone(here.tracking, chunk);
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

const pieces = fc.array(
  fc.record({
    length: fc.integer({ min: 1, max: 20 }),
    // beside the limit of once in 24 hours
    hours: fc.constantFrom(0, 0, 0, 1, 12, 23, 25),
    columns: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 12 })),
  }),
  { minLength: 1, maxLength: 10 },
);

/** The first line that is the run's own, and the first that is asked about. */
const ownAndSince = fc.tuple(fc.nat(30), fc.nat(20)).map(([own, more]) => [own, own + more] as const);

test('AUT-150, AUT-153: a backtest fires what live evaluation fired, and a survey counts it, however history came and is stored', async () => {
  let firings = 0;
  await fc.assert(
    fc.asyncProperty(story, pieces, fc.boolean(), ownAndSince, async (tale, cuts, filtered, lines) => {
      const place = await newPlace();
      const runFilter = filtered ? { 'config.kind': 'a' } : { $and: [] };
      const watches = [...tale.edits.values()].map(({ record }) => ({
        event: { ...record.event, runFilter } as RunEventDefinition,
        options: { ...DEFAULT_OPTIONS, policy: record.policy },
      }));
      for (const [at, watch] of watches.entries()) await automate(place, watch, String(at));
      const from = here.ground.clock.now();
      const keys = await Promise.all(
        ['a', 'b'].map((kind) => seedRun(here.ground, place, { name: kind, config: { kind: { value: kind } } })),
      );
      for (let at = 0, cut = 0; at < tale.lines.length; cut += 1) {
        const { length, hours, columns } = cuts[cut % cuts.length]!;
        for (const key of keys) await log(key, at, tale.lines.slice(at, at + length));
        if (columns > 0) for (const key of keys) await makeSomeColumns(key, columns);
        at += length;
        here.pass(hours * HOUR);
      }
      assert.equal((await findRunHead(here.ground.database, keys[0]!))?.historyLines, tale.lines.length);
      here.pass(1);
      const to = here.ground.clock.now();
      for (const [at, watch] of watches.entries()) {
        const expected = await fired(place, String(at));
        firings += expected.length;
        assert.deepEqual(await backtested(place, watch, { from, to }), expected);
        await assertSurveyed(keys[0]!, tale, watch.event, lines);
      }
      // what columns hold as a whole is read for all runs at a time
      for (const reach of (await Promise.all(keys.map((key) => findReaches(here.ground.database, key)))).flat()) {
        await makeAllColumns(reach);
      }
      for (const [at, watch] of watches.entries()) {
        assert.deepEqual(await backtested(place, watch, { from, to }), await fired(place, String(at)));
      }
    }),
    { numRuns: 12 },
  );
  assert.ok(firings > 20, `the stories fire: ${firings}`);
});

/** `a at 3` for each execution of an automation. */
async function fired(place: SeedPlace, name: string): Promise<string[]> {
  const rows = await here.ground.database.query<{ run: string; line: number }>(
    `select run.name as run, (explanation->>'line')::int as line
       from execution join execution_detail using (tenant_id, event_id, automation_id, ask)
       join automation on automation.id = execution.automation_id
       join run on run.tenant_id = execution.tenant_id and run.run_id = execution.subject_id
      where execution.tenant_id = $1 and automation.name = $2`,
    [place.tenantId, name],
  );
  return rows.map(({ run, line }) => `${run} at ${line}`).toSorted();
}

async function backtested(
  { tenantId, projectId }: SeedPlace,
  watch: Watch,
  range: { from: number; to: number },
): Promise<string[]> {
  const { database } = here.ground;
  const rootId = (await findRootIds(database, [tenantId])).get(tenantId)!;
  const territory = {
    tenantId,
    projectId,
    collectionId: null,
    visibilities: ['Open', 'Public', 'Team', 'Restricted'] as const,
    registries: [],
  };
  const scope = { kind: 'project' as const, id: projectId };
  const task = { tenantId, rootId, scope, ...watch, collection: null, territories: [territory], ...range };
  const report = await runBacktest(database, task, async () => true);
  assert.equal(report.fired, report.firings.length);
  return report.firings.map(({ run, line }) => `${run} at ${line}`).toSorted();
}

/** What is told of the values from a line on, those before the first own line in no window, by bounds and blocks, is what looking at each of them tells. */
async function assertSurveyed(
  key: RunKey,
  { lines }: Story,
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
