import type { Call } from './http.ts';
import type { Server } from './server.ts';
import { until } from './wait.ts';

/** Calls the REST API below /api/v1. @throws Error for any answer but 2xx, with what it says */
export async function rest<Body>(
  server: Server,
  key: string,
  path: string,
  call: Omit<Call, 'key'> = {},
): Promise<Body> {
  const answer = await server.call(`/api/v1${path}`, { ...call, key });
  if (answer.status < 200 || answer.status > 299) {
    throw new Error(`${call.method ?? 'GET'} ${path} answered ${answer.status}: ${answer.text}`);
  }
  return (answer.text === '' ? undefined : JSON.parse(answer.text)) as Body;
}

/** One execution, as the REST API tells it. */
export interface ExecutionRow {
  readonly id: string;
  readonly entity: string;
  readonly status: string;
  readonly reason: string | null;
  readonly automation: { readonly id: string; readonly name: string };
}

/** All executions of one automation, named or by id, newest first, through every page. */
export function executionsOf(server: Server, key: string, entity: string, automation: string): Promise<ExecutionRow[]> {
  return executionsIn(server, key, entity, { automation });
}

/** All executions of an entity that match, newest first, through every page. */
export async function executionsIn(
  server: Server,
  key: string,
  entity: string,
  filter: { readonly automation?: string; readonly status?: string } = {},
): Promise<ExecutionRow[]> {
  const rows: ExecutionRow[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ ...filter, limit: '100', ...(cursor === null ? {} : { cursor }) });
    const page: ExecutionPage = await rest<ExecutionPage>(server, key, `/entities/${entity}/executions?${query}`);
    rows.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return rows;
}

/**
 * Waits until nothing of an entity is on its way, nor waits for a later attempt. A request that has arrived is not
 * recorded yet, and when time moves its sender seems frozen: it is then repeated.
 */
export async function untilSettled(server: Server, key: string, entity: string): Promise<void> {
  await until(
    `all executions of ${entity} to be settled`,
    async () => (await executionsIn(server, key, entity, { status: 'pending' })).length === 0,
  );
}

/** Waits until so many attempts of an execution are recorded, and with the last of them when the next one is due. */
export async function untilAttempted(server: Server, key: string, entity: string, id: string, n: number) {
  await until(`attempt ${n} of execution ${id} to be recorded`, async () => {
    const { attempts } = await rest<{ attempts: object[] }>(server, key, `/entities/${entity}/executions/${id}`);
    return attempts.length >= n;
  });
}

interface ExecutionPage {
  readonly items: readonly ExecutionRow[];
  readonly nextCursor: string | null;
}
