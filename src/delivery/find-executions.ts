import { permits } from '../access/permits.ts';
import { seenProjects } from '../access/seen-projects.ts';
import { notFound } from '../model/error.ts';
import { parseExecutionId } from '../model/execution-id.ts';
import type { Place, Viewer } from '../model/viewer.ts';
import { type Attempt, listAttempts } from '../store/attempts.ts';
import {
  automationsCalled,
  type ExecutionCursor,
  type ExecutionDetails,
  type ListedExecution,
  listExecutions,
  readExecution,
} from '../store/execution-reads.ts';
import type { ExecutionStatus } from '../store/execution-status.ts';
import type { Ground } from '../store/ground.ts';

export interface ExecutionFilter {
  /** Id or name; `null` for all. */
  readonly automation: string | null;
  readonly status: ExecutionStatus | null;
}

/**
 * Executions of an entity's own tenant, newest first, of the projects that the viewer may see.
 *
 * @param entity one that the viewer may see
 */
export async function findExecutions(
  ground: Pick<Ground, 'database'>,
  viewer: Viewer,
  entity: Place,
  filter: ExecutionFilter,
  page: { readonly after: ExecutionCursor | null; readonly limit: number },
): Promise<ListedExecution[]> {
  const { database } = ground;
  const automationIds =
    filter.automation === null ? null : await automationsCalled(database, entity, filter.automation);
  const seen = seenProjects(viewer, entity);
  return listExecutions(database, { ...seen, automationIds, status: filter.status, ...page });
}

export interface FoundExecution {
  readonly execution: ExecutionDetails;
  readonly attempts: readonly Attempt[];
  /** Whether the viewer may see what was sent and what came back. */
  readonly showsPayloads: boolean;
}

/**
 * One execution of an entity's own tenant.
 *
 * @param entity one that the viewer may see
 * @throws TriplineError not_found when there is none of that id here, or the viewer may not see its project
 */
export async function findExecution(
  ground: Pick<Ground, 'database'>,
  viewer: Viewer,
  entity: Place,
  id: string,
): Promise<FoundExecution> {
  const key = parseExecutionId(id);
  const isHere = key !== undefined && key.tenantId === entity.tenantId;
  const execution = isHere ? await readExecution(ground.database, key) : undefined;
  if (execution === undefined) throw notFound(`execution '${id}' not found`);
  const place = placeOfExecution(entity, execution);
  if (!permits(viewer, 'see', place)) throw notFound(`execution '${id}' not found`);
  const attempts = await listAttempts(ground.database, execution);
  return { execution, attempts, showsPayloads: permits(viewer, 'see_payloads', place) };
}

/** Where an execution stands: the project of its subject, or the entity. */
export function placeOfExecution(entity: Place, { visibility, registryId }: ListedExecution): Place {
  const { tenantId, rootId, membersManageAutomations } = entity;
  return { tenantId, rootId, visibility: visibility ?? undefined, registryId, membersManageAutomations };
}
