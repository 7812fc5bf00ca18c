import { join } from 'node:path';
import { clusterFolder } from '../../src/server/embedded/data-folder.ts';
import { type DatabaseName, type FreshDatabase, freshDatabase } from './databases.ts';
import { freePort } from './free-port.ts';
import { type Answer, type Call, type Connections, connectTo } from './http.ts';
import { type NodeProcess, spawnTripline } from './node-process.ts';
import { copyPreparedData } from './prepared-data.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { type TestClock, testClock } from './test-clock.ts';
import { until } from './wait.ts';

export interface ServerOptions {
  /** One of this machine's, or a database that the test made. */
  readonly database?: DatabaseName | FreshDatabase;
  /** Leaves it to the program to make its embedded database; otherwise it finds one that was made before. */
  readonly firstStart?: boolean;
  /** Further flags after `serve`. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The real program, as its users start it, on a folder and a port of its own. */
export interface Server {
  readonly url: string;
  /** Folder of the embedded database and the files. */
  readonly data: string;
  /** Key of the instance admin `admin`. */
  readonly adminKey: string;
  readonly clock: TestClock;
  readonly pid: number;
  /** Exit code or signal of its process, once that has ended by itself. */
  readonly outcome: string | undefined;
  /** Everything that its processes printed. */
  readonly log: string;
  call(path: string, call?: Call): Promise<Answer>;
  /**
   * Starts the process again, after `stop` or `kill`, on the same port and data; resolves when it is ready.
   *
   * @param env in place of what it was started with, for this time
   */
  start(env?: Readonly<Record<string, string>>): Promise<void>;
  /** Ends it with SIGTERM, as a service manager does. */
  stop(): Promise<void>;
  /** Ends it with SIGKILL. */
  kill(): Promise<void>;
  /** Starts a second node on the same database; `undefined` on the embedded one, which has one node by design. */
  join(env?: Readonly<Record<string, string>>): Promise<Server | undefined>;
  /** Stops it, if it runs, and drops what it stored. */
  dispose(): Promise<void>;
}

const ADMIN_KEY = 'a'.repeat(40);

export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const { database = 'embedded' } = options;
  const folder = temporaryFolder();
  const data = join(folder, 'data');
  // the embedded database is the program's own; of any other one only the address is known to it
  const external = await externalDatabase(database);
  if (external === undefined && !options.firstStart) await copyPreparedData('embedded', clusterFolder(data));
  const clock = testClock(join(folder, 'clock'));
  const env = {
    TRIPLINE_ADMIN_API_KEY: ADMIN_KEY,
    TRIPLINE_TEST_CLOCK: clock.file,
    TRIPLINE_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
    ...(external === undefined ? {} : { DATABASE_URL: external.url }),
    ...options.env,
  };
  const node = async (more: Readonly<Record<string, string>> = {}) => {
    const place = { port: await freePort(), data };
    return startNode({ ...place, env: { ...env, ...more }, args: options.args ?? [] }, clock);
  };
  const first = await node();
  const others: Server[] = [];
  return Object.assign(first, {
    join: async (more?: Readonly<Record<string, string>>) => {
      if (external === undefined) return undefined;
      const other = await node(more);
      others.push(other);
      return other;
    },
    dispose: async () => {
      for (const server of [...others, first]) await server.stop();
      await external?.drop();
    },
  });
}

async function externalDatabase(database: DatabaseName | FreshDatabase): Promise<FreshDatabase | undefined> {
  if (database === 'embedded') return undefined;
  return typeof database === 'string' ? freshDatabase(database) : database;
}

interface NodeOptions {
  readonly port: number;
  readonly data: string;
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

async function startNode({ port, data, env, args }: NodeOptions, clock: TestClock): Promise<Server> {
  const url = `http://127.0.0.1:${port}`;
  const earlier: string[] = [];
  let running: NodeProcess | undefined;
  let connections: Connections | undefined;
  const end = async (how: 'stop' | 'kill') => {
    const ending = running;
    running = undefined;
    // SIGTERM waits for requests; SIGKILL must come unannounced, right after an answer too
    if (how === 'stop') await connections?.close();
    await ending?.[how]();
    if (how === 'kill') await connections?.close();
    earlier.push(ending?.log ?? '');
  };
  const server: Server = {
    url,
    data,
    adminKey: ADMIN_KEY,
    clock,
    get pid() {
      return running?.pid ?? 0;
    },
    get outcome() {
      return running?.outcome;
    },
    get log() {
      return [...earlier, running?.log ?? ''].join('');
    },
    call: (path, call) => {
      if (connections === undefined) throw new Error('the server was never started');
      return connections.call(path, call);
    },
    start: async (more = {}) => {
      running = spawnTripline(['serve', '--port', String(port), '--data', data, ...args], { ...env, ...more });
      connections = connectTo(url);
      await untilReady(running, connections);
    },
    stop: () => end('stop'),
    kill: () => end('kill'),
    join: async () => undefined,
    dispose: () => end('stop'),
  };
  await server.start();
  return server;
}

async function untilReady(running: NodeProcess, connections: Connections): Promise<void> {
  await until(`the server to be ready; it said:\n${running.log}`, async () => {
    if (running.outcome !== undefined) throw new Error(`the server ended with ${running.outcome}:\n${running.log}`);
    const status = await connections.call('/ready').then(
      (answer) => answer.status,
      () => 0,
    );
    return status === 200;
  });
}
