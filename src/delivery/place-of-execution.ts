import type { Place } from '../model/viewer.ts';
import type { Entity } from '../store/entities.ts';
import type { ListedExecution } from '../store/execution-reads.ts';

/** An entity as a place of executions. */
export type ExecutionPlace = Entity & Place;

/** Where an execution stands: the project of its subject, or the entity. */
export function placeOfExecution(
  { tenantId, rootId, membersManageAutomations, name: entityName, kind: entityKind }: ExecutionPlace,
  { visibility, registryId }: Pick<ListedExecution, 'visibility' | 'registryId'>,
): Place {
  const entity = { membersManageAutomations, entityName, entityKind };
  return { tenantId, rootId, visibility: visibility ?? undefined, registryId, ...entity };
}
