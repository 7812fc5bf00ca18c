import { permits } from '../access/permits.ts';
import { seenProjects } from '../access/seen-projects.ts';
import type { Instant } from '../model/clock.ts';
import { notFound } from '../model/error.ts';
import { type ExecutionKey, parseExecutionId } from '../model/execution-id.ts';
import { madeAt } from '../model/large-id.ts';
import type { Place, Viewer } from '../model/viewer.ts';
import { type Attempt, listAttempts } from '../store/attempts.ts';
import { teamsOf } from '../store/entities.ts';
import type { ExecutionFilter } from '../store/execution-filter.ts';
import {
  type ExecutionDetails,
  type ListedExecution,
  listedExecutions,
  readExecution,
} from '../store/execution-reads.ts';
import { walkExecutions } from '../store/execution-walk.ts';
import type { Ground } from '../store/ground.ts';
import { countOwnFirings } from '../store/own-firings.ts';
import { type ExecutionPlace, placeOfExecution } from './place-of-execution.ts';
import { type SteeringName, steeringsOf } from './steering.ts';

/** How long executions are looked for until what was found is answered (data model, section 8). */
export const BUDGET_MS = 150;

/** Where an entity's executions lie: its own tenant, and of an organization those of its teams that the viewer may see. */
export async function placesUnder(
  { database }: Pick<Ground, 'database'>,
  viewer: Viewer,
  entity: ExecutionPlace,
): Promise<ExecutionPlace[]> {
  if (entity.kind !== 'organization') return [entity];
  const teams = (await teamsOf(database, entity.id)).map((team) => ({
    ...team,
    tenantId: team.id,
    visibility: undefined,
  }));
  return [entity, ...teams.filter((team) => permits(viewer, 'see', team))];
}

/** What a viewer sees of some places' executions. */
export function seenAt(viewer: Viewer, places: readonly Place[]): ExecutionFilter['seen'] {
  return places.map((place) => seenProjects(viewer, place));
}

export interface ExecutionPage {
  readonly items: readonly ListedExecution[];
  /** After which execution the next page begins; `null` when nothing comes after this one. */
  readonly next: ExecutionKey | null;
  /** When the budget ended the search before the page was full: what is older has not been looked at. */
  readonly searchedTo: Instant | null;
}

/** Where a page of executions begins, and how much it holds. */
export interface ExecutionPageQuery {
  readonly after: ExecutionKey | null;
  readonly limit: number;
  readonly oldestFirst: boolean;
}

/** Executions that match, newest first or oldest first; what the budget leaves is the next page. */
export async function findExecutions(
  { database }: Pick<Ground, 'database'>,
  filter: ExecutionFilter,
  { limit, ...start }: ExecutionPageQuery,
): Promise<ExecutionPage> {
  const begun = performance.now();
  const found: ExecutionKey[] = [];
  let reached: ExecutionKey | null = null;
  for await (const step of walkExecutions(database, filter, { ...start, wanted: limit })) {
    found.push(...step.found);
    if (found.length > limit) break;
    reached = step.isEnd ? null : step.reached;
    if (performance.now() - begun > BUDGET_MS) break;
  }
  const keys = found.slice(0, limit);
  const isFull = found.length > limit;
  const searchedTo = isFull || reached === null ? null : madeAt(reached.eventId);
  const next = isFull ? (keys.at(-1) ?? null) : reached;
  return { items: await listedExecutions(database, keys), next, searchedTo };
}

export interface FoundExecution {
  readonly execution: ExecutionDetails;
  readonly attempts: readonly Attempt[];
  /** How often its automation was fired by its own author in the 24 hours up to it. */
  readonly ownFirings: number;
  /** Where it stands. */
  readonly place: Place;
  /** Whether the viewer may see what was sent and what came back. */
  readonly showsPayloads: boolean;
  /** What the viewer may do to it as it stands. */
  readonly maySteer: readonly SteeringName[];
}

/**
 * One execution of an entity, or of a team below it.
 *
 * @param entity one that the viewer may see
 * @throws TriplineError not_found when there is none of that id here, or the viewer may not see its project
 */
export async function findExecution(
  ground: Pick<Ground, 'database'>,
  viewer: Viewer,
  entity: ExecutionPlace,
  id: string,
): Promise<FoundExecution> {
  const key = parseExecutionId(id);
  const places = key === undefined ? [] : await placesUnder(ground, viewer, entity);
  const owner = places.find(({ tenantId }) => tenantId === key?.tenantId);
  const execution = key === undefined || owner === undefined ? undefined : await readExecution(ground.database, key);
  if (execution === undefined || owner === undefined) throw notFound(`execution '${id}' not found`);
  const place = placeOfExecution(owner, execution);
  if (!permits(viewer, 'see', place)) throw notFound(`execution '${id}' not found`);
  const { tenantId, automationId, automationCreatedBy: createdBy, createdAt: until } = execution;
  const [attempts, ownFirings, steerings] = await Promise.all([
    listAttempts(ground.database, execution),
    countOwnFirings(ground.database, { tenantId, automationId, createdBy, until }),
    steeringsOf(ground.database, viewer, [owner], [execution]),
  ]);
  const [maySteer = []] = steerings.values();
  return { execution, attempts, ownFirings, place, maySteer, showsPayloads: permits(viewer, 'see_payloads', place) };
}
