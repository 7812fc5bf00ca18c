import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { findProject } from '../src/directory/find-project.ts';
import { TriplineError } from '../src/model/error.ts';
import type { RunState } from '../src/model/run-state.ts';
import type { Queryable } from '../src/store/database.ts';
import { findRunHead, lockRunHead, type RunKey } from '../src/store/run-heads.ts';
import { findSummary } from '../src/store/run-summaries.ts';
import { Intake } from '../src/tracking/intake.ts';
import type { RunChunk } from '../src/tracking/run-chunk.ts';
import { parseChunk } from '../src/wire/wandb/file-stream/parse-chunk.ts';
import { CREATE_AUTOMATION, CREATE_PROJECT } from './support/documents.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';
import { type SeedPlace, seedLines, seedRun } from './support/seeded-runs.ts';
import { metric } from './support/wire-events.ts';

let here: InProcess;
let place: SeedPlace;
let projectId: string;

before(async () => {
  here = await openInProcess();
  await here.user('ann');
  await here.organization('acme', { ann: 'admin' });
  await here.team('acme', 'vision', { ann: 'admin' });
  const { data } = await here.as('ann', CREATE_PROJECT, { input: { name: 'p', entityName: 'vision' } });
  projectId = data.result.project.id;
  const viewer = await here.viewer('ann');
  const project = (await findProject(here.ground, viewer, 'vision', 'p'))!;
  place = { tenantId: project.tenantId, projectId: project.id, userId: viewer.userId };
});

let made = 0;
const newRun = (state: RunState = 'running') => {
  made += 1;
  return seedRun(here.ground, place, { name: `run${made}`, state, heartbeatAt: 0 });
};

/** An automation on a series of the project. */
async function watch(series: string): Promise<void> {
  const input = {
    name: `watch ${series}`,
    enabled: true,
    scopeType: 'PROJECT',
    scopeID: projectId,
    ...metric(series, '$gt', 1e9, { agg: 'AVERAGE', window: 50 }),
    triggeredActionType: 'NO_OP',
    triggeredActionConfig: { noOpActionInput: { noOp: true } },
  };
  assert.equal((await here.as('ann', CREATE_AUTOMATION, { input })).message, '');
}
const newRuns = (count: number) => Promise.all(Array.from({ length: count }, () => newRun()));
const headOf = async (key: RunKey) => (await findRunHead(here.ground.database, key))!;

function chunk(key: RunKey, offset: number, ...rows: object[]): RunChunk {
  const content = rows.map((row) => JSON.stringify(row));
  const body = Buffer.from(JSON.stringify({ files: { 'wandb-history.jsonl': { offset, content } } }));
  return { ...key, writer: undefined, ...parseChunk(body) };
}

const heartbeat = (key: RunKey): RunChunk => ({ ...key, writer: undefined, ...parseChunk(Buffer.from('{}')) });

/** A room whose database counts its transactions and single statements. */
function countedIntake(faults: unknown[] = []) {
  const { database } = here.ground;
  const count = { transactions: 0, statements: 0 };
  const counting = <Method extends 'query' | 'execute'>(method: Method): Queryable[Method] =>
    ((sql: string, parameters?: readonly unknown[]) => {
      count.statements += 1;
      return database[method](sql, parameters);
    }) as Queryable[Method];
  const counted = {
    ...database,
    query: counting('query'),
    execute: counting('execute'),
    transaction: (work: Parameters<typeof database.transaction>[0]) => {
      count.transactions += 1;
      return database.transaction(work);
    },
  } as typeof database;
  const room = { ...here.tracking, ground: { ...here.ground, database: counted } };
  return { intake: new Intake(room, { tenants: 16, onBatchFault: (fault) => faults.push(fault) }), count };
}

describe('the intake', () => {
  test('stores chunks that arrive together in few transactions, each line once', async () => {
    const { intake, count } = countedIntake();
    const keys = await newRuns(32);
    const sent = keys.flatMap((key) => [
      intake.append(chunk(key, 0, { a: 1 }, { a: 2 })),
      intake.append(chunk(key, 2, { a: 3 })),
      intake.append(chunk(key, 0, { a: 1 }, { a: 2 })),
    ]);
    for (const outcome of await Promise.all(sent)) assert.deepEqual(outcome, { kind: 'stored', stop: false });
    for (const key of keys) assert.equal((await headOf(key)).historyLines, 3);
    assert.ok(count.transactions < 20, `${count.transactions} transactions for 96 chunks`);
  });

  test('keeps the newest summary when a late copy of an earlier chunk arrives', async () => {
    const { intake } = countedIntake();
    const [key] = (await newRuns(1)) as [RunKey];
    const withSummary = (offset: number, a: number) => {
      const files = {
        'wandb-history.jsonl': { offset, content: [JSON.stringify({ a })] },
        'wandb-summary.json': { offset: 0, content: [JSON.stringify({ a })] },
      };
      return { ...key, writer: undefined, ...parseChunk(Buffer.from(JSON.stringify({ files }))) };
    };
    for (const sent of [withSummary(0, 1), withSummary(1, 2), withSummary(0, 1)]) await intake.append(sent);
    assert.equal((await findSummary(here.ground.database, key))?.raw, '{"a":2}');
  });

  test('does not let one chunk that fails harm those it came with', async () => {
    const faults: unknown[] = [];
    const { intake } = countedIntake(faults);
    const keys = await newRuns(6);
    const [torn, refused, ...sound] = keys as [RunKey, RunKey, ...RunKey[]];
    const tornChunk: RunChunk = {
      ...chunk(torn, 0, { a: 1 }),
      get summary(): RunChunk['summary'] {
        throw new TypeError('a fault of ours');
      },
    };
    const [line] = chunk(refused, 0, { a: 1 }).history!.lines;
    const tooLarge = { ...chunk(refused, 0), history: { offset: 0, lines: [{ ...line!, step: 2 ** 70 }] } };
    const [first, second, ...rest] = await Promise.allSettled(
      [tornChunk, tooLarge, ...sound.map((key) => chunk(key, 0, { a: 1 }))].map((each) => intake.append(each)),
    );
    assert.equal(first?.status, 'rejected');
    assert.ok(second?.status === 'rejected' && second.reason instanceof TriplineError);
    for (const { status } of rest) assert.equal(status, 'fulfilled');
    assert.deepEqual(await Promise.all(keys.map(async (key) => (await headOf(key)).historyLines)), [0, 0, 1, 1, 1, 1]);
    assert.ok(faults.length > 0, 'the fault is told');
  });

  test('does not let a locked run hold the others, and stores it once it is free', async () => {
    const { intake } = countedIntake();
    const [locked, ...free] = (await newRuns(4)) as [RunKey, ...RunKey[]];
    let waits: Promise<unknown> | undefined;
    await here.ground.database.transaction(async (tx) => {
      await lockRunHead(tx, locked);
      waits = intake.append(chunk(locked, 0, { a: 1 }));
      await Promise.all(free.map((key) => intake.append(chunk(key, 0, { a: 1 }))));
      assert.equal((await headOf(locked)).historyLines, 0);
    });
    assert.deepEqual(await waits, { kind: 'stored', stop: false });
    assert.equal((await headOf(locked)).historyLines, 1);
  });

  test('does not let a run with much to read back hold the others', async () => {
    const { intake, count } = countedIntake();
    await watch('rare');
    const [far, near] = (await newRuns(2)) as [RunKey, RunKey];
    for (let line = 0; line < 80; line += 1) await seedLines(here.ground, far, 'history', [{ _step: line, b: 1 }]);
    await Promise.all([intake.append(chunk(near, 0, { rare: 1 })), intake.append(chunk(far, 80, { rare: 1 }))]);
    assert.deepEqual([(await headOf(near)).historyLines, (await headOf(far)).historyLines], [1, 81]);
    assert.equal(count.transactions, 3, 'the far one was tried in company, then stored alone');
    await intake.append(chunk(far, 81, { rare: 2 }));
    assert.equal(count.transactions, 4, 'its windows are in memory now');
  });

  test('tells that a run is gone', async () => {
    const { intake } = countedIntake();
    const [key] = (await newRuns(1)) as [RunKey];
    await here.ground.database.execute('delete from run_head where tenant_id = $1 and run_id = $2', [
      key.tenantId,
      key.runId,
    ]);
    assert.deepEqual(await intake.append(chunk(key, 0, { a: 1 })), { kind: 'gone' });
    assert.deepEqual(await intake.append(heartbeat(key)), { kind: 'gone' });
  });

  test('refuses what comes faster than it can be stored, with nothing changed, and stores the rest', async () => {
    const { intake } = countedIntake();
    const [key] = (await newRuns(1)) as [RunKey];
    const sent = await Promise.allSettled(
      Array.from({ length: 80 }, (_, offset) => intake.append(chunk(key, offset, { a: offset }))),
    );
    const refused = sent.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    assert.ok(refused.length > 0 && refused.length < 80);
    for (const { status, retryAfter = 0 } of refused as TriplineError[])
      assert.deepEqual([status, retryAfter > 0], [429, true]);
    assert.equal((await headOf(key)).historyLines, 80 - refused.length);
  });

  test('saves the heartbeats of many runs in one statement, and tells those that should stop', async () => {
    const { intake, count } = countedIntake();
    const keys = await newRuns(50);
    const [stopped] = keys as [RunKey];
    await here.ground.database.execute('update run_head set stop_requested = true where run_id = $1', [stopped.runId]);
    const before = here.ground.clock.now();
    const outcomes = await Promise.all(keys.map((key) => intake.append(heartbeat(key))));
    assert.deepEqual(
      outcomes.map((outcome) => outcome.kind === 'stored' && outcome.stop),
      keys.map((key) => key === stopped),
    );
    for (const key of keys) assert.ok(((await headOf(key)).heartbeatAt ?? 0) >= before);
    assert.deepEqual(count, { transactions: 0, statements: 1 });
  });

  test('lets a heartbeat wake a run that was thought dead', async () => {
    const { intake } = countedIntake();
    const key = await newRun('crashed');
    await intake.append(heartbeat(key));
    assert.equal((await headOf(key)).state, 'running');
  });
});
