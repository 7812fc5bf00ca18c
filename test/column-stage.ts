import assert from 'node:assert/strict';
import { findProject } from '../src/directory/find-project.ts';
import type { JsonObject } from '../src/model/json.ts';
import { endReachLease, findReaches, leaseReach, type Reach } from '../src/store/history-reach.ts';
import type { RunKey } from '../src/store/run-heads.ts';
import { makeColumns } from '../src/tracking/make-columns.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';
import { type SeededRun, seedRun } from './support/seeded-runs.ts';

/** Runs whose columns tests make. */
export interface ColumnStage {
  readonly here: InProcess;
  freshRun(run?: Partial<SeededRun>): Promise<RunKey>;
  /** Takes the making of columns upon the test, for a minute. */
  lease(reach: Reach): Promise<boolean>;
  /** Makes columns in this thread. @param ended whether the run counts as ended */
  make(key: RunKey, blockLines: number, ended: boolean): Promise<void>;
  /** Lines of its history that are in columns. */
  covered(key: RunKey): Promise<number>;
  dropColumns(): Promise<void>;
}

export async function openColumnStage(): Promise<ColumnStage> {
  const here = await openInProcess();
  const { database, clock } = here.ground;
  await here.user('ann');
  await here.organization('acme', { ann: 'admin' });
  await here.team('acme', 'vision', { ann: 'admin' });
  await here.as('ann', 'mutation C($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }', {
    input: { name: 'p', entityName: 'vision' },
  });
  const viewer = await here.viewer('ann');
  const project = (await findProject(here.ground, viewer, 'vision', 'p'))!;
  const place = { tenantId: project.tenantId, projectId: project.id, userId: viewer.userId };
  let runs = 0;
  const lease = (reach: Reach) => {
    const now = clock.now();
    return database.transaction((tx) => leaseReach(tx, reach, now, now + 60_000));
  };
  return {
    here,
    lease,
    freshRun: (run = {}) => {
      runs += 1;
      return seedRun(here.ground, place, { name: `run${runs}`, ...run });
    },
    make: async (key, blockLines, ended) => {
      for (const found of await findReaches(database, key)) {
        const reach: Reach = { ...found, state: ended ? 'finished' : 'running' };
        assert.equal(await lease(reach), true);
        await makeColumns(database, reach, blockLines);
        await endReachLease(database, reach);
      }
    },
    covered: async (key) => {
      const [history] = await findReaches(database, key);
      return history!.covered;
    },
    dropColumns: async () => {
      await database.execute('truncate history_reach, run_metric, history_column');
    },
  };
}

/** Rows of a metric `a`, one for each step. */
export function manyRows(count: number): JsonObject[] {
  return Array.from({ length: count }, (_, step) => ({ _step: step, a: step }));
}

/** For a maker that is not expected to fail. */
export function refuse(error: unknown): void {
  assert.ifError(error);
}
