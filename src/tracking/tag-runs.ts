import type { Viewer } from '../model/viewer.ts';
import { recordDeeds } from '../store/audit.ts';
import type { Ground } from '../store/ground.ts';
import { lockRunHeads } from '../store/run-heads.ts';
import { changeRunTags, findNamedRuns } from '../store/runs.ts';
import type { SomeRuns } from './some-runs.ts';

/** What becomes of the tags of runs: what is taken away wins over what is added. */
export interface TagEdit {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/**
 * Changes the tags of some runs of a project, of all or of none. Each that it changed has its entry in the audit log,
 * as when it is edited alone: who asks what was done to a run finds it.
 *
 * @returns how many it changed
 */
export function tagRuns({ database, clock }: Ground, viewer: Viewer, runs: SomeRuns, edit: TagEdit): Promise<number> {
  const { tenantId, projectId } = runs;
  return database.transaction(async (tx) => {
    const now = clock.now();
    const found = await findNamedRuns(tx, runs);
    await lockRunHeads(tx, found);
    const runIds = found.map(({ runId }) => runId);
    const changed = await changeRunTags(tx, { tenantId, runIds }, { ...edit, now });
    for (const { runId } of changed) tx.changed({ kind: 'run', tenantId, projectId, runId, part: 'record' });
    await recordDeeds(
      tx,
      viewer,
      changed.map(({ runId, name, before, after }) => ({
        ...{ now, tenantId, deed: 'run.changed', subject: { kind: 'run', id: runId, name } },
        before: { tags: [...before] },
        after: { tags: [...after] },
      })),
    );
    return changed.length;
  });
}
