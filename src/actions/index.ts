import { z } from 'zod';
import { invalid } from '../model/error.ts';
import type { IntegrationId } from '../model/ids.ts';
import { INTEGRATION_WORDS } from '../model/integration-kind.ts';
import type { Json } from '../model/json.ts';
import { readBy } from '../model/read-json.ts';
import type { ActionKind } from './kind.ts';
import { type NoOp, noOp, noOpSchema } from './no-op.ts';
import { type Notification, notification, notificationSchema } from './notification.ts';
import { type Webhook, webhook, webhookSchema } from './webhook.ts';

/** What an automation does when it fires. */
export type Action = Webhook | Notification | NoOp;
/** The wire value of an action type. */
export type ActionType = Action['type'];

/** An action as the database holds it and as REST takes it. */
export const actionSchema = z.discriminatedUnion('type', [webhookSchema, notificationSchema, noOpSchema]);

const KINDS = { GENERIC_WEBHOOK: webhook, NOTIFICATION: notification, NO_OP: noOp } as const;

export const ACTION_TYPES = Object.keys(KINDS) as readonly ActionType[];

/** Whether a wire value names an action type that can be created. */
export function isActionType(type: string): type is ActionType {
  return Object.hasOwn(KINDS, type);
}

type ActionOf<Type extends ActionType> = Extract<Action, { type: Type }>;

/** Everything particular to an action type. */
export function actionKind<Type extends ActionType>(type: Type): ActionKind<ActionOf<Type>> {
  // The compiler cannot see that a key and its entry belong together; the catalogue above is checked by its users.
  return KINDS[type] as unknown as ActionKind<ActionOf<Type>>;
}

/** Reads a stored or REST action. @throws TriplineError invalid */
export function parseAction(json: Json, path = 'action'): Action {
  return readBy(actionSchema, json, path);
}

/**
 * Reads the client's action: its type, and the member of `TriggeredActionConfig` for it.
 *
 * @throws TriplineError invalid, also for types that the client knows and Tripline refuses
 */
export function actionFromWire(type: string, config: Json): Action {
  if (isActionType(type)) return actionKind(type).fromWire(config);
  throw invalid(`action type ${type} is not supported: use ${ACTION_TYPES.join(' or ')}`, 'triggeredActionType');
}

/** The integration that an action delivers to; `undefined` when it does nothing outside. */
export function destinationOf(action: Action): IntegrationId | undefined {
  return actionKind(action.type).destination(action);
}

/** What people call what an action delivers to. */
export function destinationWord({ type }: Action): string {
  const kind = actionKind(type).integrationKind;
  return kind === undefined ? 'integration' : INTEGRATION_WORDS[kind];
}
