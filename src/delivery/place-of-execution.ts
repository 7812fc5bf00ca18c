import type { Place } from '../model/viewer.ts';
import type { ListedExecution } from '../store/execution-reads.ts';

/** Where an execution stands: the project of its subject, or the entity. */
export function placeOfExecution(
  { tenantId, rootId, membersManageAutomations }: Place,
  { visibility, registryId }: Pick<ListedExecution, 'visibility' | 'registryId'>,
): Place {
  return { tenantId, rootId, visibility: visibility ?? undefined, registryId, membersManageAutomations };
}
