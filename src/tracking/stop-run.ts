import { demand } from '../access/demand.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Ground } from '../store/ground.ts';
import type { RunKey } from '../store/run-heads.ts';
import { requestStop } from '../store/run-removals.ts';
import { placeOfRun } from './place-of-run.ts';

/**
 * Asks the client of a run to stop: it is told with its next heartbeat (wandb protocol, 2.6). A run that has
 * ended stays as it is.
 *
 * @throws TriplineError not_found, forbidden
 */
export async function stopRun(ground: Ground, viewer: Viewer, key: RunKey): Promise<void> {
  demand(viewer, 'log', await placeOfRun(ground, key), 'run');
  await requestStop(ground.database, key);
}
