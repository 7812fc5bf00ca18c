import { setTimeout as delay } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/server/embedded/start.ts';
import { freePort } from '../support/free-port.ts';
import { type Server, startServer } from '../support/server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { SECOND, type TestClock } from '../support/test-clock.ts';
import { until } from '../support/wait.ts';
import { killPostgres } from './kill-postgres.ts';
import type { Note } from './ledgers.ts';
import type { Random } from './random.ts';

/** Something that is killed and comes back. */
export interface Target {
  /** Those that take requests, when they are not dead. */
  readonly nodes: readonly [Server, ...Server[]];
  /** Kills with SIGKILL, now, and resolves when everything is ready again. */
  strike(random: Random, note: Note): Promise<void>;
  dispose(): Promise<void>;
}

export const TARGETS = {
  server: startLoneServer,
  database: startOnEmbeddedDatabase,
  nodes: startNodes,
} as const;

export type TargetName = keyof typeof TARGETS;

/** Longer than a destination is leased: what the dead process held is free for the next. */
const LEASE_MS = 20 * SECOND;

/** One process with its embedded database, which dies with it; at times it is killed again while it starts. */
async function startLoneServer(): Promise<Target> {
  const server = await startServer();
  return {
    nodes: [server],
    strike: async (random, note) => {
      await killServer(server, note('server'));
      server.clock.move(LEASE_MS);
      if (random.chance(0.2)) await killWhileStarting(server, random, note);
      await server.start();
    },
    dispose: () => server.dispose(),
  };
}

async function killServer(server: Server, over: () => void): Promise<void> {
  await server.kill();
  // what it sent before it died may not have been read yet: connections are accepted, and then read, in turns
  for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
  over();
}

async function killWhileStarting(server: Server, random: Random, note: Note): Promise<void> {
  const started = server.start().catch(() => {});
  await delay(random.whole(50, 1_200));
  await killServer(server, note('server while it starts'));
  await started;
}

/** The embedded database is killed alone; the server then ends by itself, and is started again as by a service manager. */
async function startOnEmbeddedDatabase(): Promise<Target> {
  const server = await startServer();
  return {
    nodes: [server],
    strike: async (random, note) => {
      const over = note('embedded database');
      killPostgres(server.data);
      if (random.chance(0.2)) await until('the server without its database to end', () => server.outcome, PATIENCE);
      else await delay(random.whole(0, 300));
      await killServer(server, over);
      server.clock.move(LEASE_MS);
      await server.start();
    },
    dispose: () => server.dispose(),
  };
}

const PATIENCE = { within: 60_000 };

/** Two to four processes on one PostgreSQL: one of them is killed, at times the database below all. */
async function startNodes(random: Random): Promise<Target> {
  const postgres = await startPostgres();
  const first = await startServer({ database: { url: postgres.url, drop: () => postgres.stop() } });
  const others: Server[] = [];
  for (let count = random.whole(1, 3); count > 0; count -= 1) others.push((await first.join())!);
  const nodes: [Server, ...Server[]] = [first, ...others];
  const time = hasten(first.clock);
  return {
    nodes,
    strike: async (chance, note) => {
      if (chance.chance(0.3)) {
        const over = note('PostgreSQL of all nodes');
        time.stop();
        await postgres.killAndStart();
        await Promise.all(nodes.map(untilReady));
        time.start();
        over();
      } else {
        const node = chance.pick(nodes);
        await killServer(node, note(`node ${nodes.indexOf(node) + 1} of ${nodes.length}`));
        await delay(chance.whole(0, 300));
        await node.start();
      }
    },
    dispose: async () => {
      time.stop();
      await first.dispose();
    },
  };
}

/**
 * Lets time pass three times as fast, so that the leases of a dead node end soon. A jump would end those of the living
 * as well, as if they had been frozen, and what they have on the wire would be repeated.
 */
function hasten(clock: TestClock) {
  const EVERY_MS = 100;
  let timer: NodeJS.Timeout | undefined;
  const start = () => {
    timer = setInterval(() => clock.move(2 * EVERY_MS), EVERY_MS);
  };
  start();
  return { start, stop: () => clearInterval(timer) };
}

async function untilReady(node: Server): Promise<void> {
  await until(
    'a node to find its database again',
    async () => {
      if (node.outcome !== undefined) throw new Error(`a node ended with ${node.outcome}:\n${node.log.slice(-4000)}`);
      return node.call('/ready').then(
        ({ status }) => status === 200,
        () => false,
      );
    },
    PATIENCE,
  );
}

/** A PostgreSQL over TCP that can be killed and comes back on the same port and data. */
async function startPostgres() {
  const dataFolder = temporaryFolder();
  const tcp = { port: await freePort(), password: 'only-for-tests' };
  const start = () => startEmbeddedPostgres({ dataFolder, tcp });
  let running: EmbeddedPostgres = await start();
  const { user, database } = running.connection;
  return {
    url: `postgresql://${user}:${tcp.password}@127.0.0.1:${tcp.port}/${database}`,
    killAndStart: async () => {
      killPostgres(dataFolder);
      await running.ended;
      running = await start();
    },
    stop: () => running.stop(),
  };
}
