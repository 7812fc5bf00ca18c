import { existsSync } from 'node:fs';
import { notFound } from '../model/error.ts';
import { joinDatabaseServer } from '../server/connect.ts';
import { clusterFolder } from '../server/embedded/data-folder.ts';
import { createLife, type Life } from '../server/life.ts';
import { openMigrated } from '../server/open-database.ts';
import type { Settings } from '../server/settings/schema.ts';
import type { Database } from '../store/database.ts';

/**
 * Lets a command work on the database, whether or not the server is running.
 *
 * @throws TriplineError not_found when there is no Tripline in the data folder
 */
export async function joinDatabase<T>(
  settings: Settings,
  work: (database: Database, life: Life) => Promise<T>,
): Promise<T> {
  refuseEmpty(settings);
  const life = createLife((error) => console.error(error));
  try {
    const server = await joinDatabaseServer(settings);
    life.add(() => server.stop());
    const database = await openMigrated(server, () => {});
    life.add(() => database.close());
    return await work(database, life);
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
