import { conflict, notFound } from '../model/error.ts';
import type { RunState } from '../model/run-state.ts';
import { lockRunHead, type RunKey } from '../store/run-heads.ts';
import { commitMoved } from './report-state.ts';
import type { TrackingRoom } from './room.ts';
import { edited } from './run-transitions.ts';

/** From which states a person may set a run to which (wandb protocol, 6.4). */
const ALLOWED: Record<'pending' | 'failed', readonly RunState[]> = {
  pending: ['running', 'failed', 'crashed', 'preempted'],
  failed: ['pending', 'running'],
};

/**
 * Sets a run's state by hand; automations see it like any other change.
 *
 * @throws TriplineError not_found, or conflict when the present state does not allow it
 */
export async function changeRunState(room: TrackingRoom, key: RunKey, to: 'pending' | 'failed'): Promise<void> {
  const destinations = await room.ground.database.transaction(async (tx) => {
    const head = await lockRunHead(tx, key);
    if (head === undefined) throw notFound('run not found: it may have been deleted');
    if (!ALLOWED[to].includes(head.state)) {
      throw conflict(`a run that is ${head.state} cannot be set to ${to}: only ${ALLOWED[to].join(', ')} can`);
    }
    return commitMoved(room, tx, head, edited(head, to, room.ground.clock.now()));
  });
  room.woken(destinations);
}
