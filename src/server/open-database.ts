import { TriplineError } from '../model/error.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import type { Server } from './connect.ts';

/**
 * Opens the database of a server and brings its tables up to date.
 *
 * @throws TriplineError unavailable when the server cannot be connected to
 */
export async function openMigrated(server: Server, onConnectionError: (error: Error) => void): Promise<Database> {
  const database = openDatabase({ connection: server.connection, onConnectionError });
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await database.close();
    const fault = error instanceof TriplineError ? (error.cause ?? error) : error;
    throw isConnectionFailure(fault) ? cannotConnect(server, fault) : error;
  }
}

/** SQLSTATE classes of a server that does not let us in: connection, authorisation, no such database, resources. */
const NO_ENTRY = /^(08|28|3D|53|57P03)/;

function isConnectionFailure(error: unknown): error is Error & { code: string } {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false;
  return 'syscall' in error || error instanceof AggregateError || NO_ENTRY.test(error.code);
}

function cannotConnect(server: Server, error: Error & { code: string }): TriplineError {
  const reason = error.message || error.code;
  return new TriplineError(
    'unavailable',
    `The database (${server.place}) cannot be connected to: ${reason}. Check that it runs and that DATABASE_URL is right.`,
  );
}
