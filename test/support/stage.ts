import { after, before, test } from 'node:test';
import type { DatabaseName } from './databases.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { openScene, type Scene } from './scene.ts';
import { type Server, type ServerOptions, startServer } from './server.ts';

export type Scenario = (name: string, body: (scene: Scene) => Promise<void>) => void;

/** How much of the server's log is shown with a scenario that failed. */
const SHOWN_LINES = 40;

export interface StageOptions extends Omit<ServerOptions, 'database'> {
  /** Processes on the one database; the embedded one has one by design, which is then all there is. */
  readonly nodes?: number;
}

/**
 * One server and one receiver for all scenarios declared in this suite. Each scenario has a team of its own, and
 * reads as a script: what is pushed, then what must have arrived.
 */
export function stage(database: DatabaseName, { nodes = 1, ...options }: StageOptions = {}): Scenario {
  let server: Server | undefined;
  const others: Server[] = [];
  let receiver: Receiver | undefined;
  before(async () => {
    receiver = await startReceiver();
    server = await startServer({ ...options, database });
    for (let more = 1; more < nodes; more += 1) others.push(...(await joined(server)));
  });
  after(async () => {
    await server?.dispose();
    await receiver?.close();
  });
  return (name, body) => {
    test(name, async () => {
      if (server === undefined || receiver === undefined) throw new Error('the server did not start');
      const said = server.log.length;
      try {
        await body(await openScene(server, receiver, [server, ...others]));
      } catch (error) {
        const lines = server.log.slice(said).trim().split('\n').slice(-SHOWN_LINES);
        console.error(`\nthe server said during '${name}':\n  ${lines.join('\n  ')}`);
        throw error;
      }
    });
  };
}

async function joined(server: Server): Promise<Server[]> {
  const other = await server.join();
  return other === undefined ? [] : [other];
}
