import type { PoolConfig } from 'pg';
import { findRunningPostgres } from './embedded/running.ts';
import { startEmbeddedPostgres } from './embedded/start.ts';
import type { Settings } from './settings/schema.ts';

/** A PostgreSQL that may be connected to. */
export interface Server {
  readonly connection: PoolConfig;
  /** Where the data lies, for people; without any password. */
  readonly place: string;
  /** Settles when an embedded server has ended; never for a server of the operator's own. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

type Where = Pick<Settings, 'databaseUrl' | 'data'>;

/** The server that DATABASE_URL names, else the embedded one, started on the data folder. */
export async function startDatabaseServer({ databaseUrl, data }: Where): Promise<Server> {
  if (databaseUrl !== undefined) return foreign({ connectionString: databaseUrl }, placeOf(databaseUrl));
  const { connection, ended, stop } = await startEmbeddedPostgres({ dataFolder: data });
  return { connection: { ...connection }, place: data, ended, stop };
}

/** Like {@link startDatabaseServer}, but joins the embedded server of a Tripline that is running. */
export async function joinDatabaseServer(where: Where): Promise<Server> {
  const running = where.databaseUrl === undefined ? await findRunningPostgres(where.data) : undefined;
  return running === undefined ? startDatabaseServer(where) : foreign({ ...running }, where.data);
}

function foreign(connection: PoolConfig, place: string): Server {
  return { connection, place, ended: new Promise(() => {}), stop: async () => {} };
}

function placeOf(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl);
  return `PostgreSQL at ${host || 'its local socket'}${pathname === '/' ? '' : pathname}`;
}
