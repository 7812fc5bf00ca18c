import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import type { Inbox, Received } from './receiver.ts';
import { type ExecutionRow, executionsOf, untilAttempted } from './rest.ts';
import type { Server } from './server.ts';
import { until } from './wait.ts';

/** What a test expects of one automation. */
export interface Watch {
  readonly name: string;
  /** Where its webhook arrives. */
  readonly inbox: Inbox;
  /**
   * Expects n executions in all, no more and no fewer, each delivered by one request with the execution's id.
   * What a 2xx acknowledged is there at once; what time causes is waited for.
   *
   * @returns the payloads that arrived, in the order of arrival
   */
  fires(n: number): Promise<readonly Payload[]>;
  /** Expects that nothing came of it up to now. */
  firesNothing(): Promise<void>;
  /** Newest first. */
  executions(): Promise<ExecutionRow[]>;
  /**
   * Waits until so many attempts of its newest execution are recorded: the receiver sees a request before that, and
   * time may move only after it.
   */
  attempted(n: number): Promise<void>;
  /** Waits until its newest execution has this status. */
  becomes(status: string): Promise<ExecutionRow>;
}

export type Payload = Readonly<Record<string, string>>;

/** Whose automation it is, and who asks. */
export interface WatchPlace {
  readonly server: Server;
  readonly key: string;
  readonly entity: string;
}

export function watchOf({ server, key, entity }: WatchPlace, name: string, inbox: Inbox): Watch {
  const executions = () => executionsOf(server, key, entity, name);
  return {
    name,
    inbox,
    executions,
    fires: (n) => expectFirings(n, executions, inbox),
    firesNothing: async () => deepStrictEqual(await executions(), []),
    attempted: async (n) => {
      const [newest] = await executions();
      if (newest === undefined) throw new Error(`nothing came of ${name}`);
      await untilAttempted(server, key, entity, newest.id, n);
    },
    becomes: (status) =>
      until(`an execution of ${name} to be ${status}`, async () => {
        const [newest] = await executions();
        return newest?.status === status && newest;
      }),
  };
}

async function expectFirings(
  n: number,
  executions: () => Promise<ExecutionRow[]>,
  inbox: Inbox,
): Promise<readonly Payload[]> {
  const rows = await until(`${n} finished executions`, async () => {
    const found = await executions();
    const settled = found.every((row) => row.status !== 'pending');
    return (found.length > n || (found.length === n && settled)) && found;
  });
  strictEqual(rows.length, n, `${n} executions were due`);
  deepStrictEqual(
    rows.map(({ status, reason }) => ({ status, reason })),
    rows.map(() => ({ status: 'finished', reason: null })),
  );
  const requests = await inbox.exactly(n);
  deepStrictEqual(requests.map(webhookId).toSorted(), rows.map(({ id }) => id).toSorted());
  return requests.map(({ body }) => JSON.parse(body) as Payload);
}

export function webhookId({ headers }: Received): string {
  return String(headers['webhook-id']);
}
