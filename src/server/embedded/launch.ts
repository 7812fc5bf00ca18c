import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account.ts';
import { answers, socketConnection } from './connection.ts';
import { startFailure } from './failure.ts';
import { type Lifeline, spawnOnLifeline } from './lifeline.ts';
import type { Log } from './log.ts';
import type { SocketFolder } from './socket-folder.ts';

export interface Launch {
  readonly program: string;
  readonly cluster: string;
  readonly account: Account | undefined;
  readonly sockets: SocketFolder;
  readonly port: number;
  /** Whether it listens on the loopback address beside the socket. */
  readonly tcp: boolean;
  readonly log: Log;
}

const POLL_MS = 4;

/** A server that takes connections. */
export interface Launched {
  readonly lifeline: Lifeline;
  readonly sockets: SocketFolder;
}

/** Starts the server and waits until it takes connections; recovery after a crash may take a while. */
export async function launch(options: Launch): Promise<Launched> {
  const lifeline = spawnOnLifeline([options.program, '-D', options.cluster, ...flags(options)], {
    account: options.account,
    log: options.log.handle,
    temporaryFolder: options.sockets.temporary ? options.sockets.path : undefined,
  });
  try {
    await untilReady(lifeline, options);
    return { lifeline, sockets: options.sockets };
  } catch (error) {
    lifeline.release();
    throw error;
  }
}

async function untilReady(lifeline: Lifeline, { sockets, port, log }: Launch): Promise<void> {
  let code: number | undefined;
  lifeline.ended.then((given) => {
    code = given;
  });
  while (!(await answers(socketConnection(sockets.path, port)))) {
    if (code !== undefined) throw startFailure('PostgreSQL did not start', code, log.path);
    await delay(POLL_MS);
  }
}

function flags({ sockets, port, tcp }: Launch): string[] {
  const settings = {
    listen_addresses: tcp ? '127.0.0.1' : '',
    port: String(port),
    unix_socket_directories: sockets.path,
    unix_socket_permissions: '0700',
    max_connections: '60',
    shared_buffers: '128MB',
    fsync: 'on',
    synchronous_commit: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // refused statements are told by the program that sent them, and their values stay out of files
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
