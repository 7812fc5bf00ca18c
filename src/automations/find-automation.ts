import { permits } from '../access/permits.ts';
import { notFound } from '../model/error.ts';
import type { AutomationId } from '../model/ids.ts';
import type { Place, Viewer } from '../model/viewer.ts';
import { type ListedAutomation, listedAutomation } from '../store/automation-lists.ts';
import type { Ground } from '../store/ground.ts';

/** Where an automation stands: its project, or its entity. */
export function placeOfAutomation(automation: ListedAutomation): Place {
  const { tenantId, rootId, visibility, registryId } = automation;
  return { tenantId, rootId, visibility: visibility ?? undefined, registryId };
}

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
