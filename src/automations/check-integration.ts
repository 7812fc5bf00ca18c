import { permits } from '../access/permits.ts';
import { type Action, actionKind, destinationOf } from '../actions/index.ts';
import { invalid } from '../model/error.ts';
import { INTEGRATION_WORDS, type IntegrationKind } from '../model/integration-kind.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Transaction } from '../store/database.ts';
import { type Integration, lockIntegration } from '../store/integrations.ts';

/**
 * Refuses an action whose integration does not exist, is of another kind, or belongs to an entity where the viewer may not choose
 * integrations (automations, section 1.4, "Whose integration").
 *
 * It cannot be deleted before the transaction ends.
 *
 * @throws TriplineError invalid
 */
export async function checkIntegration(tx: Transaction, viewer: Viewer, action: Action): Promise<void> {
  const id = destinationOf(action);
  const kind = actionKind(action.type).integrationKind;
  if (id === undefined || kind === undefined) return;
  const found = await lockIntegration(tx, id, 'shared');
  const integration = found !== undefined && permits(viewer, 'use_integration', found) ? found : undefined;
  if (integration?.kind === kind) return;
  throw invalid(refusal(kind, integration), 'action.integrationId');
}

/** What the viewer may not use is told of as if it did not exist. */
function refusal(wanted: IntegrationKind, found: Integration | undefined): string {
  const word = INTEGRATION_WORDS[wanted];
  return found === undefined
    ? `the action names no ${word} integration that you may use: choose one of an entity that you are a member of`
    : `'${found.name}' is a ${INTEGRATION_WORDS[found.kind]}: this action needs a ${word} integration`;
}
