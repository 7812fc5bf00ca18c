import type { Instant } from '../model/clock.ts';
import type { RunId } from '../model/ids.ts';
import { leaseDueDeadlines, removeDeadline, setDeadline } from '../store/deadlines.ts';
import { lockRunHead, type RunKey } from '../store/run-heads.ts';
import { commitMoved, heartbeatDeadline } from './report-state.ts';
import type { TrackingRoom } from './room.ts';
import { HEARTBEAT_TIMEOUT_MS, silent } from './run-transitions.ts';

const AT_ONCE = 100;

/**
 * Looks at the runs whose five minutes are over, and calls those crashed that really were silent. One node of
 * several does so for each run: the deadline is leased, and the run's lock decides.
 *
 * @param listeningSince since when clients could reach us: time in which they could not does not count against a run
 * @returns how many runs were looked at; as many as it could, and there may be more
 */
export async function watchHeartbeats(room: TrackingRoom, listeningSince: Instant): Promise<number> {
  const due = await leaseDueDeadlines(room.ground.database, 'heartbeat', room.ground.clock.now(), AT_ONCE);
  for (const deadline of due) {
    await lookAt(room, { tenantId: deadline.tenantId, runId: deadline.subjectId as RunId }, listeningSince);
  }
  return due.length;
}

async function lookAt(room: TrackingRoom, key: RunKey, listeningSince: Instant): Promise<void> {
  const destinations = await room.ground.database.transaction(async (tx) => {
    const now = room.ground.clock.now();
    const head = await lockRunHead(tx, key);
    const deadline = heartbeatDeadline(key);
    if (head === undefined || (head.state !== 'running' && head.state !== 'preempting')) {
      await removeDeadline(tx, deadline);
      return [];
    }
    const dueAt = Math.max(head.heartbeatAt ?? 0, listeningSince) + HEARTBEAT_TIMEOUT_MS;
    if (dueAt > now) {
      await setDeadline(tx, deadline, dueAt);
      return [];
    }
    return commitMoved(room, tx, head, silent(head, now));
  });
  room.woken(destinations);
}
