import { permits } from '../access/permits.ts';
import type { IntegrationId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import { automationsUsing, type ListedAutomation, placeOfAutomation } from '../store/automation-lists.ts';
import type { Queryable } from '../store/database.ts';

/** The automations that deliver to an integration. */
export interface IntegrationUsage {
  readonly all: readonly ListedAutomation[];
  /** Those that the viewer may see: others may be of other organizations. */
  readonly seen: readonly ListedAutomation[];
}

export async function integrationUsage(
  database: Queryable,
  viewer: Viewer,
  id: IntegrationId,
): Promise<IntegrationUsage> {
  const all = await automationsUsing(database, id);
  return { all, seen: all.filter((automation) => permits(viewer, 'see', placeOfAutomation(automation))) };
}
