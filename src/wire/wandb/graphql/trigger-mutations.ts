import { createAutomation } from '../../../automations/create-automation.ts';
import { deleteAutomation } from '../../../automations/delete-automation.ts';
import { requireAutomation } from '../../../automations/find-automation.ts';
import type { ScopeRef } from '../../../automations/scope.ts';
import { type AutomationPatch, updateAutomation } from '../../../automations/update-automation.ts';
import { readDefinition } from '../../../engine/definition.ts';
import { DEFAULT_OPTIONS } from '../../../engine/options.ts';
import { isArtifactEvent } from '../../../events/artifact-events.ts';
import type { EventDefinition } from '../../../events/index.ts';
import type { ScopeKind } from '../../../events/kind.ts';
import { parseEvent } from '../../../events/parse-event.ts';
import { hasNoRunCondition } from '../../../events/run-event.ts';
import { invalid } from '../../../model/error.ts';
import type { AutomationId } from '../../../model/ids.ts';
import { parseNodeId } from '../../../model/wire-id.ts';
import type { ListedAutomation } from '../../../store/automation-lists.ts';
import { entityById } from '../../../store/entities.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';
import {
  readAction,
  readScope,
  type WireActionConfig,
  type WireActionType,
  type WireScopeType,
} from './trigger-input.ts';

interface CreateInput {
  readonly name: string;
  readonly description?: string;
  readonly enabled: boolean;
  readonly scopeType: WireScopeType;
  readonly scopeID: string;
  readonly triggeringEventType: string;
  readonly eventFilter: string;
  readonly triggeredActionType: WireActionType;
  readonly triggeredActionConfig: WireActionConfig;
}

type UpdateInput = Partial<CreateInput> & { readonly id: string };

/** Creating, changing and deleting automations (wandb protocol, 8.2 and 8.6). */
export const triggerMutations: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Mutation {
      createFilterTrigger(input: CreateFilterTriggerInput!): CreateFilterTriggerPayload
      updateFilterTrigger(input: UpdateFilterTriggerInput!): UpdateFilterTriggerPayload
      deleteTrigger(input: DeleteTriggerInput!): DeleteTriggerPayload
    }
    input CreateFilterTriggerInput {
      name: String!
      description: String
      enabled: Boolean!
      scopeType: TriggerScopeType!
      scopeID: ID!
      triggeringEventType: EventTriggeringConditionType!
      eventFilter: JSONString!
      triggeredActionType: TriggeredActionType!
      triggeredActionConfig: TriggeredActionConfig!
      clientMutationId: String
    }
    input UpdateFilterTriggerInput {
      id: ID!
      name: String
      description: String
      enabled: Boolean
      scopeType: TriggerScopeType
      scopeID: ID
      triggeringEventType: EventTriggeringConditionType
      eventFilter: JSONString
      triggeredActionType: TriggeredActionType
      triggeredActionConfig: TriggeredActionConfig
      clientMutationId: String
    }
    "Exactly one member, the one of the action's type."
    input TriggeredActionConfig {
      genericWebhookActionInput: GenericWebhookActionInput
      notificationActionInput: NotificationActionInput
      noOpActionInput: NoOpTriggeredActionInput
      queueJobActionInput: QueueJobActionInput
      pushNotificationActionInput: PushNotificationActionInput
      ariaActionInput: ARIAActionInput
    }
    input GenericWebhookActionInput {
      integrationID: ID!
      requestPayload: JSONString
    }
    input NotificationActionInput {
      integrationID: ID!
      title: String
      message: String
      severity: AlertSeverity
    }
    input NoOpTriggeredActionInput {
      noOp: Boolean
    }
    input QueueJobActionInput {
      queueID: ID!
      template: JSONString!
    }
    input PushNotificationActionInput {
      userID: ID!
      title: String
      body: String
    }
    input ARIAActionInput {
      prompt: String!
    }
    input DeleteTriggerInput {
      triggerID: ID!
      clientMutationId: String
    }
    type CreateFilterTriggerPayload {
      trigger: Trigger
      clientMutationId: String
    }
    type UpdateFilterTriggerPayload {
      trigger: Trigger
      clientMutationId: String
    }
    type DeleteTriggerPayload {
      success: Boolean!
      clientMutationId: String
    }
  `,
  resolvers: {
    Mutation: {
      createFilterTrigger: async (_source, { input }: { input: CreateInput }, context) => {
        const scope = readScope(input.scopeType, input.scopeID);
        await refusePersonalScope(scope, context);
        const trigger = await createAutomation(context.ground, context.viewer, {
          ...DEFAULT_OPTIONS,
          name: input.name,
          description: input.description ?? null,
          enabled: input.enabled,
          scope,
          event: parseEvent(input.triggeringEventType, input.eventFilter),
          action: readAction(input.triggeredActionType, input.triggeredActionConfig),
        });
        return { trigger };
      },
      updateFilterTrigger: async (_source, { input }: { input: UpdateInput }, context) => {
        const id = parseNodeId<AutomationId>('Automation', input.id);
        const stored = await requireAutomation(context.ground, context.viewer, id);
        const patch = patchOf(input, stored);
        if (patch.scope !== undefined) await refusePersonalScope(patch.scope, context);
        return { trigger: await updateAutomation(context.ground, context.viewer, id, patch) };
      },
      deleteTrigger: async (_source, { input }: { input: { triggerID: string } }, { ground, viewer }) => {
        await deleteAutomation(ground, viewer, parseNodeId<AutomationId>('Automation', input.triggerID));
        return { success: true };
      },
    },
  },
};

const SCOPE_TYPES: Readonly<Record<ScopeKind, WireScopeType>> = {
  project: 'PROJECT',
  entity: 'ENTITY',
  collection: 'ARTIFACT_COLLECTION',
};

function patchOf(input: UpdateInput, stored: ListedAutomation): AutomationPatch {
  const { event, action } = readDefinition(stored.definition);
  const scopeType = input.scopeType ?? SCOPE_TYPES[stored.scopeKind];
  const actionType = input.triggeredActionType ?? action.type;
  if (input.triggeredActionConfig === undefined && actionType !== action.type) {
    throw invalid(`send triggeredActionConfig with the new action type ${actionType}`, 'triggeredActionConfig');
  }
  return {
    name: input.name,
    description: input.description,
    enabled: input.enabled,
    scope: input.scopeID === undefined ? undefined : readScope(scopeType, input.scopeID),
    event: newEvent(input, event),
    action: input.triggeredActionConfig === undefined ? undefined : readAction(actionType, input.triggeredActionConfig),
  };
}

/**
 * The event to store; `undefined` when it stays. A client that could not read the stored comparison sends back a
 * run event without any condition: no run event can look like that, so the stored one is kept (automations, 2.6).
 */
function newEvent(input: UpdateInput, stored: EventDefinition): EventDefinition | undefined {
  const type = input.triggeringEventType ?? stored.type;
  if (input.eventFilter === undefined) {
    if (type === stored.type) return undefined;
    throw invalid(`send eventFilter with the new event type ${type}`, 'eventFilter');
  }
  if (type === stored.type && !isArtifactEvent(stored) && hasNoRunCondition(input.eventFilter)) return undefined;
  return parseEvent(type, input.eventFilter);
}

/** The client could not read it back (automations, section 1.2). @throws TriplineError invalid */
async function refusePersonalScope(scope: ScopeRef, { ground }: GraphqlContext): Promise<void> {
  if (scope.kind !== 'entity') return;
  const entity = await entityById(ground.database, scope.id);
  if (entity?.kind !== 'personal') return;
  throw invalid('a personal entity cannot be the scope here: choose one of its projects, or a team', 'scopeID');
}
