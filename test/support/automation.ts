import { CREATE_AUTOMATION, DELETE_AUTOMATION, UPDATE_AUTOMATION } from './documents.ts';
import { graphqlWith } from './graphql.ts';
import type { Inbox } from './receiver.ts';
import { rest } from './rest.ts';
import { type Watch, type WatchPlace, watchOf } from './watch.ts';
import type { WireEvent } from './wire-events.ts';

export interface AutomationFields {
  readonly name?: string;
  readonly description?: string;
  readonly enabled?: boolean;
  /** Where it watches; default the project. */
  readonly scope?: WireScope;
  /** What it sends; default `PAYLOAD`. */
  readonly payload?: object;
}

/** Where an automation watches, in the form that travels. */
export interface WireScope {
  readonly scopeType: 'ARTIFACT_COLLECTION' | 'PROJECT' | 'ENTITY';
  readonly scopeID: string;
}

/** A stored automation, and what is expected of it. */
export interface Automation extends Watch {
  readonly id: string;
  edit(fields: Omit<AutomationFields, 'scope' | 'payload'>, event?: WireEvent): Promise<void>;
  delete(): Promise<void>;
  /** Sets what only the REST API knows, for instance its policy. */
  configure(options: object): Promise<void>;
}

export interface AutomationPlace extends WatchPlace {
  readonly projectId: string;
}

/** A webhook of a team, and where it arrives. */
export interface Webhook {
  readonly id: string;
  readonly name: string;
  readonly inbox: Inbox;
}

/** The payload that test automations ask for: every variable that belongs to a run event (automations, 4.4). */
export const PAYLOAD = {
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

export async function createAutomation(
  place: AutomationPlace,
  webhook: Webhook,
  event: WireEvent,
  { scope, payload, ...fields }: AutomationFields,
): Promise<Automation> {
  const graphql = graphqlWith(place.server, place.key);
  const input = { ...definition(place, webhook, payload), ...event, ...scope, ...fields };
  const made = await graphql<{ result: { trigger: { id: string } } }>(CREATE_AUTOMATION, { input });
  const { id } = made.result.trigger;
  return {
    ...watchOf(place, input.name, webhook.inbox),
    id,
    // the client sends the whole definition with every edit (protocol, 8.6)
    edit: async (changed, changedEvent = event) =>
      void (await graphql(UPDATE_AUTOMATION, { input: { id, ...input, ...changed, ...changedEvent } })),
    delete: async () => void (await graphql(DELETE_AUTOMATION, { id })),
    configure: async (options) => {
      const number = Buffer.from(id, 'base64').toString().split(':')[1];
      const path = `/entities/${place.entity}/automations/${number}`;
      await rest(place.server, place.key, path, { method: 'PATCH', body: options });
    },
  };
}

/** All that a new automation on a project is made of, but its event (protocol, 8.6). */
export function definition(
  { projectId }: Pick<AutomationPlace, 'projectId'>,
  webhook: Webhook,
  payload: object = PAYLOAD,
) {
  return {
    name: webhook.name,
    enabled: true,
    scopeType: 'PROJECT',
    scopeID: projectId,
    triggeredActionType: 'GENERIC_WEBHOOK',
    triggeredActionConfig: {
      genericWebhookActionInput: { integrationID: webhook.id, requestPayload: JSON.stringify(payload) },
    },
  };
}
