import { z } from 'zod';
import { requireAutomation } from '../../automations/find-automation.ts';
import { notFound } from '../../model/error.ts';
import { type AutomationId, asId } from '../../model/ids.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { ListedAutomation } from '../../store/automation-lists.ts';
import type { Ground } from '../../store/ground.ts';
import { id } from './schemas.ts';

/** The address of one automation. */
export const ofAutomation = z.object({ entity: z.string(), automation: id });

/** An automation of an entity that the viewer may see. @throws TriplineError not_found */
export async function automationIn(
  ground: Ground,
  viewer: Viewer,
  params: z.output<typeof ofAutomation>,
): Promise<ListedAutomation> {
  const found = await requireAutomation(ground, viewer, asId<AutomationId>(params.automation));
  if (found.entityName === params.entity) return found;
  throw notFound(`entity '${params.entity}' has no automation ${params.automation}`);
}
