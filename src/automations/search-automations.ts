import { permits } from '../access/permits.ts';
import { seenProjects } from '../access/seen-projects.ts';
import type { Place, Viewer } from '../model/viewer.ts';
import {
  type AutomationFilter,
  type AutomationPage,
  type SortedAutomation,
  searchAutomations as searchPage,
} from '../store/automation-search.ts';
import type { Ground } from '../store/ground.ts';

/** What is looked for, by whoever looks. */
export type AutomationSearch = Omit<AutomationFilter, 'seen'>;

/**
 * Automations of all entities where a viewer may see some: one more than the limit when there is a next page.
 *
 * @param entities where they have a role; instance admins see everything everywhere
 */
export function searchAutomations(
  { database, clock }: Pick<Ground, 'database' | 'clock'>,
  viewer: Viewer,
  entities: readonly Place[],
  search: AutomationSearch,
  page: Omit<AutomationPage, 'now'>,
): Promise<SortedAutomation[]> {
  const filter = { ...search, seen: viewer.admin ? null : seenBy(viewer, entities) };
  return searchPage(database, filter, { ...page, limit: page.limit + 1, now: clock.now() });
}

function seenBy(viewer: Viewer, entities: readonly Place[]): AutomationFilter['seen'] {
  return entities.map((entity) => ({
    ...seenProjects(viewer, entity),
    withEntity: permits(viewer, 'see', { ...entity, visibility: undefined }),
  }));
}
