import { demand } from '../access/demand.ts';
import { notFound } from '../model/error.ts';
import type { AutomationId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import { markAutomationDeleted } from '../store/automation-edits.ts';
import { placeOfAutomation } from '../store/automation-lists.ts';
import { cancelPendingOf } from '../store/deliveries.ts';
import type { Ground } from '../store/ground.ts';
import { nextRulebookVersion } from '../store/rulebook.ts';
import { requireAutomation } from './find-automation.ts';
import { recordAutomation } from './record-automation.ts';

/**
 * Deletes an automation and cancels its pending executions (AUT-091); its history stays.
 *
 * @throws TriplineError not_found, also the second time, forbidden
 */
export async function deleteAutomation(ground: Ground, viewer: Viewer, id: AutomationId | undefined): Promise<void> {
  const found = await requireAutomation(ground, viewer, id);
  demand(viewer, 'edit_automation', placeOfAutomation(found), 'automation', {
    own: found.createdBy === viewer.userId,
  });
  const deleted = await ground.database.transaction(async (tx) => {
    const rulebookVersion = await nextRulebookVersion(tx, found.rootId);
    const edit = { rulebookVersion, by: viewer.userId, now: ground.clock.now() };
    const marked = await markAutomationDeleted(tx, found.id, edit);
    if (marked) await cancelPendingOf(tx, { automationId: found.id, rootId: found.rootId }, edit.now);
    if (marked) await recordAutomation(tx, viewer, { before: found, now: edit.now });
    return marked;
  });
  if (!deleted) throw notFound('automation not found: it was deleted at this moment');
}
