import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { CREATE_AUTOMATION, DELETE_AUTOMATION, UPDATE_AUTOMATION } from './documents.ts';
import { graphqlWith } from './graphql.ts';
import type { Inbox, Received } from './receiver.ts';
import { type ExecutionRow, executionsOf } from './rest.ts';
import type { Server } from './server.ts';
import { until } from './wait.ts';
import type { WireEvent } from './wire-events.ts';

export interface AutomationFields {
  readonly name?: string;
  readonly description?: string;
  readonly enabled?: boolean;
}

/** What a test expects of one automation. */
export interface Watch {
  readonly id: string;
  readonly name: string;
  /** Where its webhook arrives. */
  readonly inbox: Inbox;
  /**
   * Expects n executions in all, no more and no fewer, each with one request of an id of its own, delivered.
   * What a 2xx acknowledged is there at once; what time causes is waited for.
   *
   * @returns what arrived, oldest first
   */
  fires(n: number): Promise<readonly Payload[]>;
  /** Expects that nothing came of it up to now. */
  firesNothing(): Promise<void>;
  /** Newest first. */
  executions(): Promise<ExecutionRow[]>;
  /** Waits until its newest execution has this status. */
  becomes(status: string): Promise<ExecutionRow>;
  edit(fields: AutomationFields, event?: WireEvent): Promise<void>;
  delete(): Promise<void>;
}

/** The payload that test automations ask for: every variable that belongs to a run event (automations, 4.4). */
const TEMPLATE = {
  event: '${event_type}',
  author: '${event_author}',
  entity: '${entity_name}',
  project: '${project_name}',
  automation: '${automation_name}',
  run: '${run_name}',
  status: '${run_status}',
  metric: '${metric_name}',
  values: '${metric_values}',
  filter: '${metric_filter}',
  short: '${metric_filter_short}',
  current: '${metric_current_status}',
} as const;

export type Payload = Readonly<Record<keyof typeof TEMPLATE, string>>;

export interface AutomationScope {
  readonly server: Server;
  readonly key: string;
  readonly entity: string;
  readonly projectId: string;
}

export interface Outlet {
  readonly inbox: Inbox;
  readonly integrationId: string;
}

export async function createAutomation(
  scope: AutomationScope,
  outlet: Outlet,
  event: WireEvent,
  fields: AutomationFields & { readonly name: string },
): Promise<Watch> {
  const graphql = graphqlWith(scope.server, scope.key);
  const definition = { ...definitionOf(scope, outlet), ...event };
  const input = { enabled: true, ...definition, ...fields };
  const made = await graphql<{ result: { trigger: { id: string } } }>(CREATE_AUTOMATION, { input });
  const { id } = made.result.trigger;
  const executions = async () => {
    const rows = await executionsOf(scope.server, scope.key, scope.entity);
    return rows.filter((row) => row.automation.name === fields.name);
  };
  return {
    id,
    name: fields.name,
    inbox: outlet.inbox,
    executions,
    fires: (n) => expectFirings(n, executions, outlet.inbox),
    firesNothing: async () => deepStrictEqual(await executions(), []),
    becomes: (status) =>
      until(`an execution of ${fields.name} to be ${status}`, async () => {
        const [newest] = await executions();
        return newest?.status === status && newest;
      }),
    // the client sends the whole definition with every edit (protocol, 8.6)
    edit: async (changed, changedEvent = event) =>
      void (await graphql(UPDATE_AUTOMATION, { input: { id, ...input, ...changed, ...changedEvent } })),
    delete: async () => void (await graphql(DELETE_AUTOMATION, { id })),
  };
}

function definitionOf({ projectId }: AutomationScope, { integrationId }: Outlet) {
  return {
    scopeType: 'PROJECT',
    scopeID: projectId,
    triggeredActionType: 'GENERIC_WEBHOOK',
    triggeredActionConfig: {
      genericWebhookActionInput: { integrationID: integrationId, requestPayload: JSON.stringify(TEMPLATE) },
    },
  };
}

async function expectFirings(
  n: number,
  executions: () => Promise<ExecutionRow[]>,
  inbox: Inbox,
): Promise<readonly Payload[]> {
  const rows = await until(`${n} executions`, async () => {
    const found = await executions();
    return found.length >= n && found.every((row) => row.status !== 'pending') && found;
  });
  strictEqual(rows.length, n, `${n} executions were due`);
  deepStrictEqual(
    rows.map(({ status }) => status),
    rows.map(() => 'finished'),
  );
  const requests = await inbox.exactly(n);
  deepStrictEqual(requests.map(idOf).toSorted(), rows.map(({ id }) => id).toSorted());
  return requests.map(({ body }) => JSON.parse(body) as Payload);
}

function idOf({ headers }: Received): string {
  return String(headers['webhook-id']);
}
