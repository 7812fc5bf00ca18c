import type { Ground } from '../store/ground.ts';
import type { RunKey } from '../store/run-heads.ts';
import { removeRun } from '../store/run-removals.ts';

/**
 * Removes a run; once more is all right. A client that still writes to it is told that it does not exist, and
 * stops (wandb protocol, 3.4).
 */
export async function deleteRun(ground: Ground, key: RunKey): Promise<void> {
  await ground.database.transaction((tx) => removeRun(tx, key, ground.clock.now()));
}
