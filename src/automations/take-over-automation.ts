import { demand } from '../access/demand.ts';
import { notFound } from '../model/error.ts';
import type { AutomationId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import { recordDeed } from '../store/audit.ts';
import { updateAuthor } from '../store/automation-edits.ts';
import { type ListedAutomation, listedAutomation, placeOfAutomation } from '../store/automation-lists.ts';
import type { Ground } from '../store/ground.ts';
import { requireAutomation } from './find-automation.ts';

/**
 * Makes an admin of the place the author of an automation, for instance after its author left (automations, section
 * 1.4). It runs on its own authority, so nothing else changes: no revision, no limit, no pending execution.
 *
 * @throws TriplineError not_found, forbidden
 */
export async function takeOverAutomation(
  ground: Ground,
  viewer: Viewer,
  id: AutomationId | undefined,
): Promise<ListedAutomation> {
  const found = await requireAutomation(ground, viewer, id);
  demand(viewer, 'manage_project', placeOfAutomation(found), 'automation');
  return ground.database.transaction(async (tx) => {
    const taken = (await updateAuthor(tx, found.id, viewer.userId)) ? await listedAutomation(tx, found.id) : undefined;
    if (taken === undefined) throw notFound('automation not found: it was deleted at this moment');
    await recordDeed(tx, viewer, {
      now: ground.clock.now(),
      tenantId: found.tenantId,
      deed: 'automation.taken_over',
      subject: { kind: 'automation', id: found.id, name: found.name },
      before: { author: found.author },
      after: { author: taken.author },
    });
    return taken;
  });
}
