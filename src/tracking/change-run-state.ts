import { conflict, notFound } from '../model/error.ts';
import type { RunState } from '../model/run-state.ts';
import type { Viewer } from '../model/viewer.ts';
import { recordDeed } from '../store/audit.ts';
import { lockRunHead, type RunKey } from '../store/run-heads.ts';
import { findRun } from '../store/runs.ts';
import { commitMoved } from './report-state.ts';
import type { TrackingRoom } from './room.ts';
import { edited } from './run-transitions.ts';

/** From which states a person may set a run to which (wandb protocol, 6.4). */
const ALLOWED: Record<'pending' | 'failed', readonly RunState[]> = {
  pending: ['running', 'failed', 'crashed', 'preempted'],
  failed: ['pending', 'running'],
};

/**
 * Sets a run's state by hand; automations see it like any other change, with an entry in the audit log.
 *
 * @throws TriplineError not_found, or conflict when the present state does not allow it
 */
export async function changeRunState(
  room: TrackingRoom,
  viewer: Viewer,
  key: RunKey,
  to: 'pending' | 'failed',
): Promise<void> {
  const woken = await room.ground.database.transaction(async (tx) => {
    const head = await lockRunHead(tx, key);
    const run = head === undefined ? undefined : await findRun(tx, key);
    if (head === undefined || run === undefined) throw notFound('run not found: it may have been deleted');
    if (!ALLOWED[to].includes(head.state)) {
      throw conflict(`a run that is ${head.state} cannot be set to ${to}: only ${ALLOWED[to].join(', ')} can`);
    }
    const now = room.ground.clock.now();
    const destinations = await commitMoved(room, tx, head, edited(head, to, now));
    await recordDeed(tx, viewer, {
      ...{ now, tenantId: key.tenantId, deed: 'run.changed', subject: { kind: 'run', id: key.runId, name: run.name } },
      before: { state: head.state },
      after: { state: to },
    });
    return destinations;
  });
  room.woken(woken);
}
