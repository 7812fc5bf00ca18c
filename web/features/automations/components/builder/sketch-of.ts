import type { ActionSketchInput } from '../../api/trial.ts';
import { eventOf } from './body-of.ts';
import { readEvent } from './check-event.ts';
import type { ActionDraft, Draft } from './draft.ts';
import { Fault } from './fault.ts';
import { objectIn } from './filters.ts';

/** A draft as it can be tried, with or without a destination; `undefined` while it is not complete enough. */
export function sketchOf({ name, scope, event, action }: Draft): Omit<ActionSketchInput, 'pastEvent'> | undefined {
  try {
    readEvent(event);
    return { name: name.trim(), scope, event: eventOf(event), action: actionOf(action) };
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

/** @throws Fault where the payload is no JSON */
function actionOf(action: ActionDraft): ActionSketchInput['action'] {
  if (action.type === 'NO_OP') return action;
  const integrationId = action.integrationId === '' ? null : action.integrationId;
  if (action.type === 'NOTIFICATION') return { ...action, integrationId };
  const payload = action.payload.trim() === '' ? null : objectIn(action.payload, 'payload');
  return { ...action, integrationId, payload };
}
