import { rotateMasterKey as rotate } from '../directory/rotate-master-key.ts';
import { invalid, TriplineError } from '../model/error.ts';
import { loadMasterKey } from '../secrets/load-master-key.ts';
import { masterKeyFrom } from '../secrets/master-key.ts';
import { type Flags, loadSettings } from '../server/settings/load.ts';
import { masterKeyFile } from '../server/settle-master-key.ts';
import { startDatabaseClock } from '../store/database-clock.ts';
import { ensurePartitions } from '../store/partitions.ts';
import { joinDatabase } from './join-database.ts';

/** `tripline secrets rotate-master-key`: from the master key that counts to TRIPLINE_NEW_MASTER_KEY, while nodes run. */
export async function rotateMasterKey(flags: Flags): Promise<void> {
  const settings = loadSettings(flags, process.env);
  const { newMasterKey, masterKey: given } = settings;
  if (newMasterKey === undefined) {
    throw invalid('Give the new master key in TRIPLINE_NEW_MASTER_KEY, to this command and to every running node.');
  }
  const file = masterKeyFile(settings);
  const { rewrapped, left } = await joinDatabase(settings, async (database, life) => {
    const clock = await startDatabaseClock(database, settings.testClock);
    life.add(() => clock.stop());
    await ensurePartitions(database, clock.now());
    const old = loadMasterKey({ given, file, unused: false });
    return rotate({ database, clock }, { old, next: masterKeyFrom(newMasterKey) });
  });
  console.log(
    [
      `The new master key counts; it wraps the keys of ${rewrapped} entities that the old one wrapped.`,
      `Give it as TRIPLINE_MASTER_KEY, or put it into ${file}, before a node is started without TRIPLINE_NEW_MASTER_KEY.`,
    ].join('\n'),
  );
  if (left === 0) return;
  throw new TriplineError(
    'conflict',
    `The keys of ${left} entities are not what either master key wrapped, and were left as they are: run this again with the master key that wraps them as TRIPLINE_MASTER_KEY.`,
  );
}

/** Told in the command's help: what an operator does, in order. */
export const ROTATION_STEPS = `
While nodes run:
  1. start every node anew with TRIPLINE_NEW_MASTER_KEY, beside the key that it has
  2. run this command with the same two keys; it may be run again
  3. start every node anew with the new key as its only one
`;
