import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { findProject } from '../src/directory/find-project.ts';
import { matches } from '../src/filter/match.ts';
import type { Json, JsonObject } from '../src/model/json.ts';
import { cleanJson } from '../src/model/loose-json.ts';
import { ensurePartitions } from '../src/store/partitions.ts';
import type { ProjectPlace } from '../src/store/projects.ts';
import { listedFacts } from '../src/store/run-facts.ts';
import { findRunHead, type RunKey } from '../src/store/run-heads.ts';
import { countRuns, listRuns } from '../src/store/run-queries.ts';
import { runViewByKey } from '../src/store/run-views.ts';
import { parseRunFilters, parseRunOrder } from '../src/wire/run-listing.ts';
import { countStatements } from './support/count-statements.ts';
import { RESUME_STATUS } from './support/documents.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';
import { type SeededRun, type SeedPlace, seedConsole, seedLines, seedRun } from './support/seeded-runs.ts';

let here: InProcess;

before(async () => {
  here = await openInProcess();
  await ensurePartitions(here.ground.database, here.ground.clock.now());
  for (const name of ['ann', 'bob', 'eve']) await here.user(name);
  await here.organization('acme', { ann: 'admin' });
  await here.team('acme', 'vision', { ann: 'admin', bob: 'member' });
});

let projects = 0;

/** A project of its own for each test. */
async function freshProject(): Promise<{ project: ProjectPlace; place: SeedPlace }> {
  projects += 1;
  const name = `project${projects}`;
  await here.as('ann', 'mutation C($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }', {
    input: { name, entityName: 'vision' },
  });
  const viewer = await here.viewer('ann');
  const project = (await findProject(here.ground, viewer, 'vision', name))!;
  return { project, place: { tenantId: project.tenantId, projectId: project.id, userId: viewer.userId } };
}

// biome-ignore lint/suspicious/noExplicitAny: tests read what they asked for
type Run = any;

async function freshRun(
  run: Partial<SeededRun> = {},
): Promise<{ key: RunKey; ask: (selection: string, variables?: object) => Promise<Run> }> {
  const { project, place } = await freshProject();
  const key = await seedRun(here.ground, place, { name: 'run1', ...run });
  const ask = async (selection: string, variables: object = {}) => {
    const declared = Object.entries(variables)
      .map(([name, value]) => `, $${name}: ${typeof value === 'number' ? 'Int64!' : '[JSONString!]!'}`)
      .join('');
    const document = `query Q($project: String!, $entity: String!${declared}) { project(name: $project, entityName: $entity) { run(name: "run1") { ${selection} } } }`;
    const { data, message } = await here.as('bob', document, { project: project.name, entity: 'vision', ...variables });
    assert.equal(message, '');
    return data.project.run;
  };
  return { key, ask };
}

const steps = (from: number, to: number, row: (step: number) => JsonObject = () => ({})) =>
  Array.from({ length: to - from }, (_, index) => ({ _step: from + index, ...row(from + index) }));

describe('one run', () => {
  test('is answered as the client asks for it, texts verbatim', async () => {
    const { ask } = await freshRun({
      displayName: 'fancy-moon-1',
      tags: ['a', 'b'],
      config: { lr: { value: Number.NaN }, _wandb: { value: { t: { '4': '3.11' }, cli_version: '1' } } },
      summary: { loss: Number.POSITIVE_INFINITY },
    });
    const run = await ask(`projectId id tags name displayName sweepName state config group jobType commit readOnly
      createdAt heartbeatAt description notes systemMetrics summaryMetrics historyLineCount user { name username }
      historyKeys stopped wandbConfig(keys: ["t"]) project { name entity { name } }`);
    assert.match(atob(run.id), /^Run:\d{20,}$/);
    assert.equal(typeof run.projectId, 'number');
    assert.equal(run.config, '{"lr":{"value":NaN},"_wandb":{"value":{"t":{"4":"3.11"},"cli_version":"1"}}}');
    assert.equal(run.summaryMetrics, '{"loss":Infinity}');
    assert.equal(run.wandbConfig, '{"t":{"4":"3.11"}}');
    assert.equal(run.systemMetrics, '{}');
    assert.equal(run.historyKeys, null);
    assert.deepEqual(run.user, { name: 'ann', username: 'ann' });
    assert.deepEqual(run.tags, ['a', 'b']);
    assert.equal(run.readOnly, false);
    assert.equal(run.project.entity.name, 'vision');
  });

  test('is null when it is unknown, and its project is null for strangers', async () => {
    const { project } = await freshProject();
    const query = 'query Q($p: String) { project(name: $p, entityName: "vision") { run(name: "nope") { id } } }';
    assert.deepEqual((await here.as('bob', query, { p: project.name })).data, { project: { run: null } });
    assert.deepEqual((await here.as('eve', query, { p: project.name })).data, { project: null });
  });

  test('can be resumed: the tails hold the last lines, and the question is noted', async () => {
    const { key, ask } = await freshRun({ summary: {} });
    await seedLines(here.ground, key, 'history', steps(0, 3));
    await seedLines(here.ground, key, 'history', steps(3, 5));
    await seedLines(here.ground, key, 'events', [{ _runtime: 4.5 }]);
    const run = await ask(
      'historyTail eventsTail historyLineCount eventsLineCount logLineCount wandbConfig(keys: ["t"])',
    );
    assert.deepEqual(run, {
      historyTail: '["{\\"_step\\":4}"]',
      eventsTail: '["{\\"_runtime\\":4.5}"]',
      historyLineCount: 5,
      eventsLineCount: 1,
      logLineCount: 0,
      wandbConfig: null,
    });
    assert.equal((await findRunHead(here.ground.database, key))?.resumeAskedAt, null);
    const { data } = await here.as('bob', RESUME_STATUS, {
      project: `project${projects}`,
      entity: 'vision',
      name: 'run1',
    });
    assert.equal(data.model.bucket.historyTail, run.historyTail);
    assert.notEqual((await findRunHead(here.ground.database, key))?.resumeAskedAt, null);
  });

  test('keeps a name for an author who was deleted', async () => {
    const { project, place } = await freshProject();
    await here.user('gone');
    const { userId } = await here.viewer('gone');
    await seedRun(here.ground, { ...place, userId }, { name: 'run1' });
    await here.ground.database.execute('update app_user set deleted_at = $2 where id = $1', [userId, new Date()]);
    const query =
      'query Q($p: String) { project(name: $p, entityName: "vision") { run(name: "run1") { user { name username } } } }';
    const { data } = await here.as('bob', query, { p: project.name });
    assert.deepEqual(data.project.run.user, { name: 'deleted-user', username: 'deleted-user' });
  });

  test('is rewound by whoever may log to it, by its step alone', async () => {
    const { key, ask } = await freshRun();
    await seedLines(here.ground, key, 'history', steps(0, 5));
    const rewind =
      'mutation R($input: RewindRunInput!) { rewindRun(input: $input) { rewoundRun { historyLineCount } } }';
    const { name: runName, project } = await ask('name project { name }');
    const input = { runName, entityName: 'vision', projectName: project.name, metricName: '_step', metricValue: 2 };
    const rewound = async (who: string, more: object = {}) =>
      (await here.as(who, rewind, { input: { ...input, ...more } })).data?.rewindRun?.rewoundRun;
    assert.equal(await rewound('eve'), null);
    assert.equal(await rewound('bob', { runName: 'nobody' }), null);
    assert.equal((await here.as('bob', rewind, { input: { ...input, metricName: 'loss' } })).status, 400);
    assert.equal((await here.as('bob', rewind, { input: { ...input, metricValue: -1 } })).status, 400);
    assert.equal((await ask('historyLineCount')).historyLineCount, 5);
    assert.deepEqual(await rewound('bob'), { historyLineCount: 3 });
  });

  test('is deleted, also twice, and is asked to stop only while it goes on', async () => {
    const { key, ask } = await freshRun();
    const { id } = await ask('id');
    const stop = 'mutation StopRun($id: ID!) { stopRun(input: {id: $id}) { success } }';
    const remove = 'mutation D($id: ID!) { deleteRun(input: {id: $id}) { clientMutationId } }';
    assert.equal((await here.as('eve', stop, { id })).status, 404);
    assert.equal((await here.as('bob', stop, { id })).data.stopRun.success, true);
    assert.equal((await ask('stopped')).stopped, true);
    assert.equal((await here.as('eve', remove, { id })).status, 404);
    assert.equal((await here.as('bob', remove, { id })).status, 200);
    assert.equal((await here.as('bob', remove, { id })).status, 200);
    assert.equal(await ask('id'), null);
    assert.equal(await runViewByKey(here.ground.database, key), undefined);
  });
});

describe('history', () => {
  test('is sampled evenly over the run, first and last line among them, in the order of the steps', async () => {
    const { key, ask } = await freshRun();
    for (let from = 0; from < 1000; from += 25) await seedLines(here.ground, key, 'history', steps(from, from + 25));
    const { history } = await ask('history(samples: 11)');
    const sampled = history.map((line: string) => JSON.parse(line)._step);
    assert.equal(sampled.length, 11);
    assert.deepEqual([sampled[0], sampled[10]], [0, 999]);
    assert.deepEqual(
      sampled,
      sampled.toSorted((a: number, b: number) => a - b),
    );
    assert.equal((await ask('history')).history.length, 500);
    assert.equal((await ask('history(samples: 5000)')).history.length, 1000);
  });

  test('is read by steps without loss, whatever order writers sent them in', async () => {
    const { key, ask } = await freshRun();
    await seedLines(here.ground, key, 'history', [...steps(0, 10), ...steps(50, 60)]);
    await seedLines(here.ground, key, 'history', [...steps(10, 50), { _step: 55, again: true }, { noStep: 1 }]);
    const { history } = await ask('history(minStep: $a, maxStep: $b, samples: 20)', { a: 40, b: 60 });
    const rows = history.map((line: string) => JSON.parse(line));
    assert.deepEqual(
      rows.map((row: JsonObject) => row._step),
      [40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 55, 56, 57, 58, 59],
    );
    assert.equal(rows[16].again, true);
  });

  test('keeps the bare tokens and the nesting of the client in its lines', async () => {
    const { key, ask } = await freshRun();
    await seedLines(here.ground, key, 'history', ['{"_step":0,"loss":NaN,"d":{"x":1}}']);
    assert.deepEqual((await ask('history')).history, ['{"_step":0,"loss":NaN,"d":{"x":1}}']);
  });

  test('of chosen keys has the rows that hold all of them, dotted or nested, with NaN as a text', async () => {
    const { key, ask } = await freshRun();
    await seedLines(here.ground, key, 'history', [
      { _step: 0, loss: 1, d: { x: 1 } },
      { _step: 1, loss: 2 },
      { _step: 2, loss: Number.NaN, 'd.x': 3 },
      { _step: 3, loss: 4, d: { x: null } },
      { _step: 4, loss: 5, d: { x: 6 } },
    ]);
    const spec = (more: object) => JSON.stringify({ keys: ['loss', 'd.x', '_step'], ...more });
    const { sampledHistory } = await ask('sampledHistory(specs: $specs)', {
      specs: [spec({}), spec({ minStep: 1, maxStep: 4, samples: 4 }), spec({ minStep: 1, maxStep: 3, samples: 3 })],
    });
    const all = [
      { loss: 1, 'd.x': 1, _step: 0 },
      { loss: 'NaN', 'd.x': 3, _step: 2 },
      { loss: 5, 'd.x': 6, _step: 4 },
    ];
    assert.deepEqual(sampledHistory, [all, all.slice(1), all.slice(1, 2)]);
  });

  test('of chosen keys comes whole in the pages of old clients, which think maxStep exclusive', async () => {
    const { key, ask } = await freshRun();
    const rows = Array.from({ length: 23 }, (_, index) => ({ _step: index, loss: index / 2 }));
    await seedLines(here.ground, key, 'history', rows);
    const page = (minStep: number) =>
      JSON.stringify({ keys: ['loss'], minStep, maxStep: Math.min(minStep + 5, 23), samples: 5 });
    const { sampledHistory } = await ask('sampledHistory(specs: $specs)', { specs: [0, 5, 10, 15, 20].map(page) });
    assert.deepEqual(
      sampledHistory.flat(),
      rows.map(({ loss }) => ({ loss })),
    );
  });

  test('keys tell types, the last step and the last value, and follow a live run', async () => {
    const { key, ask } = await freshRun();
    await seedLines(here.ground, key, 'history', [{ _step: 0, loss: 1, d: { x: 'a' } }]);
    assert.equal((await ask('historyKeys')).historyKeys.lastStep, 0);
    await seedLines(here.ground, key, 'history', [{ _step: 7, loss: Number.NaN }]);
    const { historyKeys } = await ask('historyKeys');
    assert.deepEqual(historyKeys, {
      lastStep: 7,
      sets: [],
      keys: {
        _step: { typeCounts: [{ type: 'number', count: 2 }], monotonic: true, previousValue: 7 },
        loss: { typeCounts: [{ type: 'number', count: 2 }], monotonic: false, previousValue: 'NaN' },
        'd.x': { typeCounts: [{ type: 'string', count: 1 }], monotonic: false, previousValue: 'a' },
      },
    });
  });

  test('of the machine is sampled too, and its last values are the system metrics', async () => {
    const { key, ask } = await freshRun();
    await seedLines(here.ground, key, 'events', [
      { _wandb: true, _runtime: 1, 'system.cpu': 10, 'system.gpu.0.temp': 40 },
      { _wandb: true, _runtime: 2, 'system.cpu': 20 },
    ]);
    const { events, systemMetrics } = await ask('events(samples: 500) systemMetrics');
    assert.equal(events.length, 2);
    assert.deepEqual(JSON.parse(systemMetrics), { _runtime: 2, 'system.cpu': 20, 'system.gpu.0.temp': 40 });
  });

  test('asks for live data only: nothing is exported', async () => {
    const { ask } = await freshRun();
    assert.deepEqual((await ask('parquetHistory(liveKeys: ["_step"]) { parquetUrls liveData }')).parquetHistory, {
      parquetUrls: [],
      liveData: [],
    });
  });

  test('refuses a spec that it does not understand', async () => {
    const { project } = await freshProject();
    await seedRun(
      here.ground,
      { tenantId: project.tenantId, projectId: project.id, userId: project.createdBy! },
      { name: 'r' },
    );
    const query =
      'query Q($p: String, $s: [JSONString!]!) { project(name: $p, entityName: "vision") { run(name: "r") { sampledHistory(specs: $s) } } }';
    const answer = await here.as('bob', query, { p: project.name, s: ['{"keys":[]}'] });
    assert.equal(answer.status, 400);
    assert.match(answer.message, /specs\[0\]/);
  });
});

describe('the console', () => {
  test('is a map from numbers to lines: the newest text of a line counts, gaps are left out', async () => {
    const { key, ask } = await freshRun();
    assert.equal((await ask('logLines(last: 5) { edges { node { number } } }')).logLines, null);
    await seedConsole(here.ground, key, 0, ['2026-01-01T00:00:00.5 one', 'ERROR 2026-01-01T00:00:01 two', '10%']);
    await seedConsole(here.ground, key, 2, ['20%']);
    await seedConsole(here.ground, key, 2, [
      '{"ts":"2026-01-01T00:00:02","content":"30%","level":"error","label":"w1"}',
    ]);
    await seedConsole(here.ground, key, 1000, ['far']);
    const { logLines, logLineCount } = await ask(
      'logLineCount logLines(first: 10, useImprovedPagination: true) { edges { node { number timestamp level label line } } pageInfo { endCursor hasNextPage } }',
    );
    const line = (
      number: number,
      timestamp: string | null,
      level: string | null,
      label: string | null,
      text: string,
    ) => ({
      node: { number, timestamp, level, label, line: text },
    });
    assert.equal(logLineCount, 1001);
    assert.deepEqual(logLines.edges, [
      line(0, '2026-01-01T00:00:00.5', null, null, 'one'),
      line(1, '2026-01-01T00:00:01', 'error', null, 'two'),
      line(2, '2026-01-01T00:00:02', 'error', 'w1', '30%'),
      line(1000, null, null, null, 'far'),
    ]);
    assert.equal(logLines.pageInfo.hasNextPage, false);
  });

  test('is read in pages from the beginning, or its last lines at once', async () => {
    const { key, ask } = await freshRun();
    for (let from = 0; from < 100; from += 10) {
      await seedConsole(
        here.ground,
        key,
        from,
        steps(from, from + 10).map((row) => `line ${row._step}`),
      );
    }
    const numbers: number[] = [];
    let after = '';
    for (let more = true; more; ) {
      const { logLines } = await ask(
        `logLines(first: 33${after}, useImprovedPagination: true) { edges { node { number } } pageInfo { endCursor hasNextPage } }`,
      );
      numbers.push(...logLines.edges.map((edge: { node: { number: number } }) => edge.node.number));
      after = `, after: "${logLines.pageInfo.endCursor}"`;
      more = logLines.pageInfo.hasNextPage;
    }
    assert.deepEqual(
      numbers,
      steps(0, 100).map((row) => row._step),
    );
    const tail = await ask('logLines(last: 3) { edges { node { number line } } }');
    assert.deepEqual(
      tail.logLines.edges.map((edge: { node: { line: string } }) => edge.node.line),
      ['line 97', 'line 98', 'line 99'],
    );
  });
});

const RUNS = `query Runs($project: String!, $entity: String!, $cursor: String, $perPage: Int = 50, $order: String, $filters: JSONString) {
  project(name: $project, entityName: $entity) { internalId runCount(filters: $filters) readOnly
    runs(filters: $filters, after: $cursor, first: $perPage, order: $order) {
      edges { node { projectId name config summaryMetrics fileCount user { username } } cursor } pageInfo { endCursor hasNextPage } } } }`;

async function namesOf(project: string, variables: object): Promise<{ pages: string[][]; count: number }> {
  const pages: string[][] = [];
  let cursor: string | null = null;
  for (;;) {
    const { data, message } = await here.as('bob', RUNS, { project, entity: 'vision', cursor, ...variables });
    assert.equal(message, '');
    const { edges, pageInfo } = data.project.runs;
    pages.push(edges.map((edge: { node: { name: string } }) => edge.node.name));
    assert.equal(pageInfo.endCursor, edges.at(-1)?.cursor ?? null);
    cursor = pageInfo.endCursor;
    if (!pageInfo.hasNextPage) return { pages, count: data.project.runCount };
  }
}

describe('lists of runs', () => {
  test('come in pages, oldest first, and a saved cursor holds when runs are added', async () => {
    const { project, place } = await freshProject();
    for (const name of ['a', 'b', 'c', 'd', 'e']) await seedRun(here.ground, place, { name });
    assert.deepEqual(await namesOf(project.name, { perPage: 2 }), { pages: [['a', 'b'], ['c', 'd'], ['e']], count: 5 });
    assert.deepEqual((await namesOf(project.name, { perPage: 3, order: '-created_at' })).pages, [
      ['e', 'd', 'c'],
      ['b', 'a'],
    ]);
    const first = await here.as('bob', RUNS, { project: project.name, entity: 'vision', perPage: 2 });
    const saved = first.data.project.runs.edges[1].cursor;
    await seedRun(here.ground, place, { name: 'f' });
    const later = await here.as('bob', RUNS, { project: project.name, entity: 'vision', cursor: saved });
    assert.deepEqual(
      later.data.project.runs.edges.map((edge: { node: { name: string } }) => edge.node.name),
      ['c', 'd', 'e', 'f'],
    );
  });

  test('are ordered by config and summary in both directions, runs without the value last', async () => {
    const { project, place } = await freshProject();
    const seeds: SeededRun[] = [
      { name: 'a', config: { lr: { value: 0.5 } }, summary: { 'acc.top': 1, n: { m: 3 } } },
      { name: 'b', summary: {} },
      { name: 'c', config: { lr: { value: 10 } }, summary: { 'acc.top': 3, n: { m: 2 } } },
      { name: 'd', config: { lr: { value: 2 } }, summary: { 'acc.top': 2, n: { m: 1 } } },
      { name: 'e' },
    ];
    for (const seed of seeds) await seedRun(here.ground, place, seed);
    const ordered = async (order: string) => (await namesOf(project.name, { order, perPage: 2 })).pages.flat().join('');
    assert.equal(await ordered('+config.lr.value'), 'adcbe');
    assert.equal(await ordered('-config.lr'), 'cdaeb');
    assert.equal(await ordered('-summary_metrics.acc.top'), 'cdaeb');
    assert.equal(await ordered('+summary_metrics.n.m'), 'dcabe');
    assert.equal(await ordered('+username'), 'abcde');
    assert.equal(await ordered('-display_name'), 'edcba');
    assert.equal(await ordered('state'), 'abcde');
  });

  test('refuse an order, a cursor or a filter that they do not know, with the reason', async () => {
    const { project } = await freshProject();
    const ask = (variables: object) => here.as('bob', RUNS, { project: project.name, entity: 'vision', ...variables });
    for (const variables of [
      { order: '+nothing' },
      { cursor: 'bm9uc2Vuc2U=' },
      { filters: '{"state": {"$like": "x"}}' },
      { filters: '{"colour": 1}' },
      { filters: '{' },
    ]) {
      const answer = await ask(variables);
      assert.equal(answer.status, 400, JSON.stringify(variables));
      assert.match(answer.message, /order|cursor|filter/);
    }
  });

  test('have nothing of what is chosen out of nothing', async () => {
    const { project, place } = await freshProject();
    await seedRun(here.ground, place, { name: 'a', tags: ['x'] });
    for (const filter of [{ name: { $in: [] } }, { tags: { $in: [] } }, { 'config.lr': { $in: [] } }, { $or: [] }]) {
      assert.deepEqual(await namesOf(project.name, { filters: JSON.stringify(filter) }), { pages: [[]], count: 0 });
    }
    const none = { filters: JSON.stringify({ name: { $not: { $in: [] } } }) };
    assert.deepEqual((await namesOf(project.name, none)).pages.flat(), ['a']);
  });

  test('take a cursor that was forged for what it is', async () => {
    const { project, place } = await freshProject();
    await seedRun(here.ground, place, { name: 'a' });
    const forged = btoa(encodeURIComponent(JSON.stringify(['+created_at', '=not an instant', '1'])));
    const answer = await here.as('bob', RUNS, { project: project.name, entity: 'vision', cursor: forged });
    assert.equal(answer.status, 400);
  });

  test('cost as many statements with many runs as with one', async () => {
    const { project, place } = await freshProject();
    const run = { config: { k: { value: 1 } }, summary: { loss: 1 } };
    await seedRun(here.ground, place, { name: 'first', ...run });
    const statements = async () => {
      const counted = countStatements(here.ground.database);
      const { data } = await here.as('bob', RUNS, {
        project: project.name,
        entity: 'vision',
        order: '-summary_metrics.loss',
      });
      return { statements: counted(), runs: data.project.runs.edges.length };
    };
    const one = await statements();
    for (let made = 0; made < 30; made += 1) await seedRun(here.ground, place, { name: `run${made}`, ...run });
    assert.deepEqual(await statements(), { statements: one.statements, runs: 31 });
  });

  test('match what SQL cannot say: regular expressions, author, duration', async () => {
    const { project, place } = await freshProject();
    const now = here.ground.clock.now();
    await seedRun(here.ground, place, { name: 'a', displayName: 'foo-1', createdAt: now - 60_000, heartbeatAt: now });
    await seedRun(here.ground, place, { name: 'b', displayName: 'bar-1', createdAt: now - 5_000, heartbeatAt: now });
    const named = async (filter: object) => {
      const { pages, count } = await namesOf(project.name, { filters: JSON.stringify(filter), perPage: 1 });
      assert.equal(pages.flat().length, count);
      return pages.flat().join('');
    };
    assert.equal(await named({ display_name: { $regex: '^foo.*' } }), 'a');
    assert.equal(await named({ username: 'ann' }), 'ab');
    assert.equal(await named({ 'user.username': 'bob' }), '');
    assert.equal(await named({ duration: { $gt: 30 } }), 'a');
    assert.equal(await named({ $and: [{ duration: { $lte: 30 } }, { display_name: { $regex: 'bar' } }] }), 'b');
    assert.equal(await named({}), 'ab');
  });

  test('match in SQL exactly what the filter language matches', async () => {
    const { project, place } = await freshProject();
    const seeds = seedsForFilters();
    const keys: RunKey[] = [];
    for (const seed of seeds) keys.push(await seedRun(here.ground, place, seed));
    const { database } = here.ground;
    const views = await Promise.all(keys.map((key) => runViewByKey(database, key)));
    const listing = { tenantId: project.tenantId, projectId: project.id, project: project.name, entity: 'vision' };
    await fc.assert(
      fc.asyncProperty(filterTree, async (json) => {
        const filter = parseRunFilters(JSON.stringify(json));
        const expected = seeds
          .filter((seed, index) => {
            const facts = { config: stored(seed.config), summary: stored(seed.summary), username: 'ann' };
            return filter === undefined || matches(filter, listedFacts(views[index]!, facts, listing));
          })
          .map((seed) => seed.name);
        const page = { order: parseRunOrder(undefined), after: undefined, limit: 100 };
        const found = await listRuns(database, { ...listing, filter }, page);
        assert.deepEqual(
          found.map((run) => run.name),
          expected,
        );
        assert.equal(await countRuns(database, { ...listing, filter }), expected.length);
      }),
      { numRuns: 300 },
    );
  });
});

const stored = (tree: JsonObject | undefined): Json => cleanJson(tree ?? null);

function seedsForFilters(): SeededRun[] {
  const at = Date.UTC(2026, 5, 1);
  const values: Json[] = [0, 1, 1.5, 'x', 'y', true, null, [1, 'x'], { a: 1 }, Number.NaN, Number.POSITIVE_INFINITY];
  const trees = values.map(
    (value, index): SeededRun => ({
      name: `v${index}`,
      config: { k: index % 2 === 0 ? { value } : value, _wandb: { value: { k: 1 } } },
      summary: { k: value, 'a.b': index, a: { b: 'x' } },
      tags: ['x', 'y', 'z'].slice(0, index % 4),
      group: index % 3 === 0 ? null : ['x', 'y'][index % 2]!,
      state: index % 2 === 0 ? 'running' : 'finished',
      createdAt: at + index,
    }),
  );
  return [
    ...trees,
    { name: 'empty', createdAt: at + 100, heartbeatAt: null },
    { name: 'x', config: { k: { value: { value: 1 } }, 'k.value': 'x' }, createdAt: at + 101 },
  ];
}

const scalar = fc.constantFrom<Json>(0, 1, 1.5, 'x', 'y', 'running', true, null, 'v1');
const instant = fc.constantFrom('2026-06-01T00:00:00.003Z', '2026-06-01', '2030-01-01T00:00:00+02:00');
const operators = fc.oneof(
  scalar,
  scalar.map((value): JsonObject => ({ $ne: value })),
  fc.tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte'), scalar).map(([op, value]): JsonObject => ({ [op]: value })),
  fc
    .tuple(fc.constantFrom('$in', '$nin', '$all', '$eq', '$ne'), fc.array(scalar, { minLength: 1, maxLength: 3 }))
    .map(([op, list]): JsonObject => ({ [op]: list })),
  fc.boolean().map((exists): JsonObject => ({ $exists: exists })),
  fc.nat(3).map((size): JsonObject => ({ $size: size })),
  fc.constantFrom('x', 'v', '').map((text): JsonObject => ({ $contains: text })),
  scalar.map((value): JsonObject => ({ $not: { $eq: value } })),
);
const field = fc.constantFrom(
  'name',
  'group',
  'notes',
  'state',
  'tags',
  'config.k',
  'config.k.value',
  'config.k.a',
  'config._wandb.k',
  'summary_metrics.k',
  'summary.a.b',
  'summary.missing',
  'username',
  'duration',
  'project',
  'config.k.a.b',
);
const condition = fc.oneof(
  fc.tuple(field, operators).map(([name, test]): JsonObject => ({ [name]: test })),
  fc
    .tuple(fc.constantFrom('created_at', 'heartbeat_at'), fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$eq'), instant)
    .map(([name, op, value]): JsonObject => ({ [name]: { [op]: value } })),
);
const { filter: filterTree } = fc.letrec<{ filter: JsonObject }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    condition,
    fc
      .tuple(fc.constantFrom('$and', '$or', '$nor'), fc.array(tie('filter'), { minLength: 1, maxLength: 3 }))
      .map(([op, parts]): JsonObject => ({ [op]: parts })),
    tie('filter').map((part): JsonObject => ({ $not: part })),
  ),
}));
