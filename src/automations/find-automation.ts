import { permits } from '../access/permits.ts';
import { notFound } from '../model/error.ts';
import type { AutomationId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import { type ListedAutomation, listedAutomation, placeOfAutomation } from '../store/automation-lists.ts';
import type { Ground } from '../store/ground.ts';

/** An automation that the viewer may see. @throws TriplineError not_found */
export async function requireAutomation(
  ground: Ground,
  viewer: Viewer,
  id: AutomationId | undefined,
): Promise<ListedAutomation> {
  const automation = id === undefined ? undefined : await listedAutomation(ground.database, id);
  if (automation !== undefined && permits(viewer, 'see', placeOfAutomation(automation))) return automation;
  throw notFound('automation not found: it was deleted, is hidden from you, or the id is not one');
}
