import pg from 'pg';

/** The one role of an embedded database. */
export const ROLE = 'tripline';

/** How to reach an embedded database; given to `pg` as it is. */
export interface EmbeddedConnection {
  /** Folder of the socket, or the loopback address. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  readonly database: string;
  /** Said so that a PGSSLMODE in the environment does not count. */
  readonly ssl: false;
}

const SHARED = { user: ROLE, database: 'postgres', ssl: false } as const;

export function socketConnection(folder: string, port: number): EmbeddedConnection {
  return { ...SHARED, host: folder, port };
}

export function tcpConnection(tcp: { port: number; password: string }): EmbeddedConnection {
  return { ...SHARED, host: '127.0.0.1', ...tcp };
}

/** `cannot_connect_now`: the server is still recovering, or already stopping. */
const NOT_NOW = '57P03';
const NO_SERVER = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', NOT_NOW]);

/** Whether the server takes connections by now. @throws what it says when it refuses us for another reason */
export async function answers(connection: EmbeddedConnection): Promise<boolean> {
  const client = new pg.Client({ ...connection });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && NO_SERVER.has(String(error.code))) return false;
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}
