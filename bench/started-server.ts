import { freshDatabase } from '../test/support/databases.ts';
import { type Server, startServer } from '../test/support/server.ts';
import type { Bench } from './bench.ts';

/** A server on a database that the benchmark reaches too; `dispose` leaves nothing of either. */
export interface StartedServer extends Server {
  readonly databaseUrl: string;
}

/** Limits that would be measured instead of the server. */
export const RAISED = {
  TRIPLINE_WEBHOOK_IN_FLIGHT: '200',
  TRIPLINE_WEBHOOK_PER_SECOND: '1000000',
  TRIPLINE_FLOOD_AT_ONCE: '1000000',
  TRIPLINE_FLOOD_PER_DAY: '100000000',
};

/**
 * Starts the built program on a fresh database of the asked kind. The embedded one is reached through its socket, by
 * address rather than by the program itself.
 */
export async function startedServer({ database, env }: Pick<Bench, 'database' | 'env'>): Promise<StartedServer> {
  const { url, drop } = await freshDatabase(database);
  // an empty variable counts as absent: the clock of the tests reads a file whenever it is asked
  const server = await startServer({ env: { DATABASE_URL: url, TRIPLINE_TEST_CLOCK: '', ...RAISED, ...env } });
  const { stop } = server;
  return Object.assign(server, {
    databaseUrl: url,
    dispose: async () => {
      await stop();
      await drop();
    },
  });
}
