import { demand } from '../access/demand.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Ground } from '../store/ground.ts';
import type { RunKey } from '../store/run-heads.ts';
import { removeRun } from '../store/run-removals.ts';
import { placeOfRun } from './place-of-run.ts';

/**
 * Removes a run; once more is all right. A client that still writes to it is told that it does not exist, and
 * stops (wandb protocol, 3.4).
 *
 * @throws TriplineError not_found, forbidden
 */
export async function deleteRun(ground: Ground, viewer: Viewer, key: RunKey): Promise<void> {
  demand(viewer, 'log', await placeOfRun(ground, key), 'run');
  await ground.database.transaction((tx) => removeRun(tx, key, ground.clock.now()));
}
