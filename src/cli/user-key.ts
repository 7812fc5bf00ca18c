import { existsSync } from 'node:fs';
import { issueKey } from '../directory/issue-key.ts';
import { notFound } from '../model/error.ts';
import { joinDatabaseServer } from '../server/connect.ts';
import { clusterFolder } from '../server/embedded/data-folder.ts';
import { createLife } from '../server/life.ts';
import { openMigrated } from '../server/open-database.ts';
import { type Flags, loadSettings } from '../server/settings/load.ts';
import type { Settings } from '../server/settings/schema.ts';
import { startDatabaseClock } from '../store/database-clock.ts';

/** `tripline user key <name>`: makes a new API key and prints it, whether or not the server is running. */
export async function userKey(username: string, flags: Flags): Promise<void> {
  const settings = loadSettings(flags, process.env);
  refuseEmpty(settings);
  const life = createLife((error) => console.error(error));
  try {
    const server = await joinDatabaseServer(settings);
    life.add(() => server.stop());
    const database = await openMigrated(server, () => {});
    life.add(() => database.close());
    const clock = await startDatabaseClock(database, settings.testClock);
    life.add(() => clock.stop());
    console.log(await issueKey({ database, clock }, username));
  } finally {
    await life.stop();
  }
}

function refuseEmpty({ databaseUrl, data }: Settings): void {
  if (databaseUrl !== undefined || existsSync(clusterFolder(data))) return;
  throw notFound(
    `There is no Tripline in ${data} yet: name its folder with --data, or start it with 'tripline serve'.`,
  );
}
