import { permits } from '../access/permits.ts';
import { type Action, destinationOf } from '../actions/index.ts';
import { invalid } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Transaction } from '../store/database.ts';
import { lockIntegration } from '../store/integrations.ts';

/**
 * Refuses an action whose integration does not exist, or belongs to an entity where the viewer may not choose
 * integrations (automations, section 1.4, "Whose integration").
 *
 * It cannot be deleted before the transaction ends.
 *
 * @throws TriplineError invalid
 */
export async function checkIntegration(tx: Transaction, viewer: Viewer, action: Action): Promise<void> {
  const id = destinationOf(action);
  if (id === undefined) return;
  const integration = await lockIntegration(tx, id, 'shared');
  if (integration?.kind === 'webhook' && permits(viewer, 'use_integration', integration)) return;
  throw invalid(
    'the action names no webhook integration that you may use: choose one of an entity that you are a member of',
    'action.integrationId',
  );
}
