import { type ActionType, actionKind } from '../../../actions/index.ts';
import { scopeRefOf } from '../../../automations/scope.ts';
import { placeOf } from '../../../directory/find-entity.ts';
import { readDefinition } from '../../../engine/definition.ts';
import { toWireFilter } from '../../../events/parse-event.ts';
import type { EntityKind } from '../../../model/viewer.ts';
import { nodeId } from '../../../model/wire-id.ts';
import type { ListedAutomation } from '../../../store/automation-lists.ts';
import { type CollectionKind, collectionById } from '../../../store/collections.ts';
import { entityById } from '../../../store/entities.ts';
import { projectById } from '../../../store/projects.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';

const ACTION_TYPES = {
  GENERIC_WEBHOOK: 'GenericWebhookTriggeredAction',
  NOTIFICATION: 'NotificationTriggeredAction',
  NO_OP: 'NoOpTriggeredAction',
} as const satisfies Record<ActionType, string>;

/** Automations, which the client's protocol calls triggers (wandb protocol, 8.3). */
export const trigger: GraphqlModule = {
  sdl: /* GraphQL */ `
    type Trigger {
      id: ID!
      name: String!
      description: String
      enabled: Boolean!
      createdAt: DateTime!
      updatedAt: DateTime
      scope: TriggerScope!
      triggeringCondition: TriggeringCondition!
      triggeredAction: TriggeredAction!
    }
    union TriggerScope = Project | Entity | ArtifactSequence | ArtifactPortfolio
    union TriggeringCondition = FilterEventTriggeringCondition
    type FilterEventTriggeringCondition {
      eventType: EventTriggeringConditionType!
      filter: JSONString!
    }
    union TriggeredAction =
        GenericWebhookTriggeredAction
      | NotificationTriggeredAction
      | NoOpTriggeredAction
      | QueueJobTriggeredAction
    type GenericWebhookTriggeredAction {
      integration: Integration!
      requestPayload: JSONString
    }
    type NotificationTriggeredAction {
      integration: Integration!
      title: String
      message: String
      severity: AlertSeverity
    }
    type NoOpTriggeredAction {
      noOp: Boolean
    }
    "Never answered: named in documents of old clients."
    type QueueJobTriggeredAction {
      queue: RunQueue
      template: JSONString!
    }
    type RunQueue {
      id: ID!
      name: String!
    }
    enum EventTriggeringConditionType {
      ADD_ARTIFACT_ALIAS
      ADD_ARTIFACT_TAG
      ADD_COLLECTION_TAG
      CREATE_ARTIFACT
      LINK_MODEL
      REMOVE_ARTIFACT_TAG
      REMOVE_COLLECTION_TAG
      RUN_METRIC
      RUN_METRIC_CHANGE
      RUN_METRIC_ZSCORE
      RUN_STATE
      UNLINK_ARTIFACT
      UPDATE_ARTIFACT_ALIAS
      WEAVE_METRIC_THRESHOLD
    }
    enum TriggerScopeType {
      ARTIFACT_COLLECTION
      ENTITY
      PROJECT
    }
    enum TriggeredActionType {
      ARIA
      GENERIC_WEBHOOK
      NOTIFICATION
      NO_OP
      PUSH_NOTIFICATION
      QUEUE_JOB
    }
  `,
  resolvers: {
    TriggerScope: {
      __resolveType: ({ kind }: { kind?: EntityKind | CollectionKind }) => scopeTypeOf(kind),
    },
    TriggeringCondition: { __resolveType: () => 'FilterEventTriggeringCondition' },
    TriggeredAction: { __resolveType: (action: { type: ActionType }) => ACTION_TYPES[action.type] },
    Trigger: {
      id: (automation: ListedAutomation) => nodeId('Automation', automation.id),
      scope: scopeOf,
      triggeringCondition: (automation: ListedAutomation) => {
        const { event } = readDefinition(automation.definition);
        return { eventType: event.type, filter: toWireFilter(event) };
      },
      triggeredAction: ({ definition, integration }: ListedAutomation) => {
        const { action } = readDefinition(definition);
        return { ...actionKind(action.type).toWire(action), type: action.type, integration };
      },
    },
  },
};

/** Only a project has no kind. */
function scopeTypeOf(kind: EntityKind | CollectionKind | undefined) {
  switch (kind) {
    case undefined:
      return 'Project';
    case 'sequence':
      return 'ArtifactSequence';
    case 'portfolio':
      return 'ArtifactPortfolio';
    case 'organization':
    case 'team':
    case 'personal':
      return 'Entity';
  }
}

async function scopeOf(automation: ListedAutomation, _args: unknown, { ground, once }: GraphqlContext) {
  const { database } = ground;
  const ref = scopeRefOf(automation);
  switch (ref.kind) {
    case 'project':
      return once(`project:${ref.id}`, () => projectById(database, ref.id));
    case 'collection': {
      const key = { tenantId: ref.tenantId, collectionId: ref.id };
      return once(`collection:${ref.tenantId}:${ref.id}`, () => collectionById(database, key));
    }
    case 'entity': {
      const entity = await once(`entity:${ref.id}`, () => entityById(database, ref.id));
      return entity && placeOf(entity);
    }
  }
}
