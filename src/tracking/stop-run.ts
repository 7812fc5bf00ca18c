import { hasEnded } from '../model/run-state.ts';
import type { Viewer } from '../model/viewer.ts';
import { recordDeeds } from '../store/audit.ts';
import type { Transaction } from '../store/database.ts';
import type { Ground } from '../store/ground.ts';
import { lockRunHead, lockRunHeads, type RunHead, type RunKey, requestStops, tellRun } from '../store/run-heads.ts';
import { runViewByKey } from '../store/run-views.ts';
import { findNamedRuns, type NamedRun } from '../store/runs.ts';
import type { SomeRuns } from './some-runs.ts';

/**
 * Asks the client of a run to stop: it hears that with its next request, within 30 seconds, and interrupts its script
 * (wandb protocol, 2.6). Asking once more is all right.
 *
 * @returns false when the run has ended or is removed: nobody is left to be asked
 */
export function stopRun(ground: Ground, viewer: Viewer, key: RunKey): Promise<boolean> {
  return ground.database.transaction(async (tx) => {
    const run = await runViewByKey(tx, key);
    const head = await lockRunHead(tx, key);
    if (run === undefined || head === undefined || hasEnded(head.state)) return false;
    await askToStop(ground, tx, viewer, [run], [head]);
    return true;
  });
}

/** Asks the clients of some runs of a project to stop, all or none. @returns how many go on and were not asked yet */
export function stopRuns(ground: Ground, viewer: Viewer, runs: SomeRuns): Promise<number> {
  return ground.database.transaction(async (tx) => {
    const found = await findNamedRuns(tx, runs);
    return askToStop(ground, tx, viewer, found, await lockRunHeads(tx, found));
  });
}

async function askToStop(
  { clock }: Ground,
  tx: Transaction,
  viewer: Viewer,
  runs: readonly NamedRun[],
  heads: readonly RunHead[],
): Promise<number> {
  const going = heads.filter(({ state, stopRequested }) => !hasEnded(state) && !stopRequested);
  await requestStops(tx, going);
  for (const head of going) tellRun(tx, head, 'record');
  const asked = new Set(going.map(({ runId }) => runId));
  const deeds = runs
    .filter(({ runId }) => asked.has(runId))
    .map(({ tenantId, runId, name }) => ({
      ...{ now: clock.now(), tenantId, deed: 'run.stopped' as const, subject: { kind: 'run', id: runId, name } },
    }));
  await recordDeeds(tx, viewer, deeds);
  return going.length;
}
