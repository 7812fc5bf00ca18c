import { permits } from '../access/permits.ts';
import { seenProjects } from '../access/seen-projects.ts';
import type { AutomationId } from '../model/ids.ts';
import type { Place, Viewer } from '../model/viewer.ts';
import {
  type AutomationsQuery,
  listAutomations as automationPage,
  type LastExecutionPlace,
  type ListedAutomation,
  automationsByLastExecution as pageByLastExecution,
} from '../store/automation-lists.ts';
import type { Ground } from '../store/ground.ts';

export interface AutomationPageQuery {
  readonly name: string | null;
  /** The last automation of the page before. */
  readonly after: AutomationId | null;
  readonly limit: number;
  /** Leaves out what the wandb client could not read (automations, section 1.2 and 4.1). */
  readonly readableByClient: boolean;
}

/**
 * Automations of an entity and of its projects that the viewer may see, oldest first: one more than `limit`
 * when there is a next page.
 */
export async function listAutomations(
  ground: Ground,
  viewer: Viewer,
  entity: Place,
  page: AutomationPageQuery,
): Promise<ListedAutomation[]> {
  return automationPage(ground.database, queryOf(viewer, entity, page));
}

/** The same by their last execution, those without one at the end. */
export async function automationsByLastExecution(
  ground: Ground,
  viewer: Viewer,
  entity: Place,
  page: AutomationPageQuery,
  place: LastExecutionPlace,
): Promise<Awaited<ReturnType<typeof pageByLastExecution>>> {
  return pageByLastExecution(ground.database, queryOf(viewer, entity, page), place);
}

function queryOf(viewer: Viewer, entity: Place, page: AutomationPageQuery): AutomationsQuery {
  return {
    ...page,
    limit: page.limit + 1,
    ...seenProjects(viewer, entity),
    withEntity: permits(viewer, 'see', { ...entity, visibility: undefined }),
  };
}
