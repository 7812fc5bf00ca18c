import { issueKey } from '../directory/issue-key.ts';
import { type Flags, loadSettings } from '../server/settings/load.ts';
import { startDatabaseClock } from '../store/database-clock.ts';
import { ensurePartitions } from '../store/partitions.ts';
import { joinDatabase } from './join-database.ts';

/** `tripline user key <name>`: makes a new API key and prints it, whether or not the server is running. */
export async function userKey(username: string, flags: Flags): Promise<void> {
  const settings = loadSettings(flags, process.env);
  await joinDatabase(settings, async (database, life) => {
    const clock = await startDatabaseClock(database, settings.testClock);
    life.add(() => clock.stop());
    await ensurePartitions(database, clock.now());
    console.log(await issueKey({ database, clock }, username));
  });
}
