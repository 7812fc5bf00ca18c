import { type Action, actionFromWire } from '../../../actions/index.ts';
import type { ScopeRef } from '../../../automations/scope.ts';
import { invalid } from '../../../model/error.ts';
import type { CollectionId, EntityId, ProjectId, TenantId } from '../../../model/ids.ts';
import type { Json } from '../../../model/json.ts';
import { parseLargeNodeId, parseNodeId } from '../../../model/wire-id.ts';

export type WireScopeType = 'ARTIFACT_COLLECTION' | 'ENTITY' | 'PROJECT';

/** The member of `TriggeredActionConfig` that belongs to each type (wandb protocol, 8.6). */
const CONFIG_MEMBERS = {
  ARIA: 'ariaActionInput',
  GENERIC_WEBHOOK: 'genericWebhookActionInput',
  NOTIFICATION: 'notificationActionInput',
  NO_OP: 'noOpActionInput',
  PUSH_NOTIFICATION: 'pushNotificationActionInput',
  QUEUE_JOB: 'queueJobActionInput',
} as const;

export type WireActionType = keyof typeof CONFIG_MEMBERS;
export type WireActionConfig = { readonly [Member in (typeof CONFIG_MEMBERS)[WireActionType]]?: Json };

/** @throws TriplineError invalid for a type that cannot be created, or a configuration that is not the type's */
export function readAction(type: WireActionType, config: WireActionConfig): Action {
  const member = CONFIG_MEMBERS[type];
  const given = Object.keys(config);
  const found = config[member];
  if (given.length === 1 && found !== undefined) return actionFromWire(type, found);
  const had = given.length === 0 ? 'nothing' : given.join(' and ');
  throw invalid(
    `triggeredActionConfig must hold exactly ${member} for ${type}; it holds ${had}`,
    'triggeredActionConfig',
  );
}

/** @throws TriplineError invalid for an id that is not one of that type */
export function readScope(type: WireScopeType, id: string): ScopeRef {
  switch (type) {
    case 'PROJECT': {
      const projectId = parseNodeId<ProjectId>(['Project', 'ProjectInternalId'], id);
      if (projectId !== undefined) return { kind: 'project', id: projectId };
      break;
    }
    case 'ENTITY': {
      const entityId = parseNodeId<EntityId>(['Entity', 'Organization'], id);
      if (entityId !== undefined) return { kind: 'entity', id: entityId };
      break;
    }
    case 'ARTIFACT_COLLECTION': {
      const key = parseLargeNodeId<TenantId, CollectionId>('ArtifactCollection', id);
      if (key !== undefined) return { kind: 'collection', ...key };
      break;
    }
  }
  throw invalid(`scopeID is not the id of a scope of type ${type}`, 'scopeID');
}
