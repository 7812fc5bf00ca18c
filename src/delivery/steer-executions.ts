import { invalid } from '../model/error.ts';
import type { ExecutionKey } from '../model/execution-id.ts';
import type { JsonObject } from '../model/json.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Database } from '../store/database.ts';
import type { ExecutionFilter } from '../store/execution-filter.ts';
import { EXECUTION_STATUSES } from '../store/execution-status.ts';
import { walkExecutions } from '../store/execution-walk.ts';
import { isDryRun } from '../store/executions.ts';
import { findSteerable, type Steerable } from '../store/steerable.ts';
import type { ExecutionPlace } from './place-of-execution.ts';
import { isSteeredFrom, maySteer, STEERINGS, type SteeringName, type SteeringRoom, steer } from './steering.ts';

/** Many executions to act on: those that match, of some places that the viewer may see. */
export interface ManySought {
  readonly name: SteeringName;
  readonly places: readonly ExecutionPlace[];
  readonly filter: ExecutionFilter;
  /** The last execution that was looked at before. */
  readonly after: ExecutionKey | null;
}

export interface ManySteered {
  /** Executions that it was, or would be, done to. */
  readonly count: number;
  /** After which execution to go on; `null` when all were looked at. */
  readonly next: ExecutionKey | null;
}

/** Executions of one transaction: each call does it to so many at most. */
export const MOST_STEERED = 1_000;
/** A count is exact up to this. */
export const MOST_COUNTED = 10_000;
const BUDGET_MS = 2_000;

/** How many executions that match the viewer may act on in this way, and that allow it; counts to {@link MOST_COUNTED}. */
export async function countSteerable(database: Database, viewer: Viewer, sought: ManySought): Promise<ManySteered> {
  const { found, next } = await gather(database, viewer, sought, MOST_COUNTED);
  return { count: found.length, next };
}

/**
 * Does it to executions that match, oldest first, at most {@link MOST_STEERED} of them; what the viewer may not steer,
 * what could not be delivered, and dry runs unless the filter names their reason, is left. One entry in the audit log tells the filter and the count.
 *
 * @param entity that the entry belongs to
 * @param told the filter as it was asked, for the entry
 * @throws TriplineError invalid when the filter asks for statuses in which it is never possible
 */
export async function steerExecutions(
  room: SteeringRoom,
  viewer: Viewer,
  entity: ExecutionPlace,
  sought: ManySought,
  told: JsonObject,
): Promise<ManySteered> {
  const { name } = sought;
  const { found, next } = await gather(room.ground.database, viewer, sought, MOST_STEERED);
  if (found.length === 0) return { count: 0, next };
  const { tenantId } = entity;
  const { manyDeed: deed, to: status } = STEERINGS[name];
  const entry = ({ length: count }: readonly ExecutionKey[]) => ({
    ...{ tenantId, deed, subject: { kind: 'executions', id: tenantId, name: entity.name } },
    after: { status, count, filter: told },
  });
  const done = await steer(room, viewer, { name, executions: found, urgent: false, entry });
  return { count: done.length, next };
}

async function gather(
  database: Database,
  viewer: Viewer,
  sought: ManySought,
  most: number,
): Promise<{ found: Steerable[]; next: ExecutionKey | null }> {
  const begun = performance.now();
  const found: Steerable[] = [];
  const filter = possibleOf(sought);
  for await (const step of walkExecutions(database, filter, { after: sought.after, wanted: most, oldestFirst: true })) {
    const own = (await findSteerable(database, step.found)).filter((each) => isPossible(viewer, sought, each));
    const room = most - found.length;
    found.push(...own.slice(0, room));
    if (own.length > room) return { found, next: found.at(-1) ?? null };
    if (performance.now() - begun > BUDGET_MS && !step.isEnd) return { found, next: step.reached };
  }
  return { found, next: null };
}

/** The filter, narrowed to statuses in which it is possible. */
function possibleOf({ name, filter }: ManySought): ExecutionFilter {
  const asked = filter.wanted.get('status') ?? EXECUTION_STATUSES;
  const statuses = EXECUTION_STATUSES.filter((status) => asked.includes(status) && isSteeredFrom(name, status));
  if (statuses.length === 0) throw invalid(`${STEERINGS[name].only}: the filter asks for others`, 'filter.status');
  return { ...filter, wanted: new Map([...filter.wanted, ['status', statuses]]) };
}

function isPossible(viewer: Viewer, { name, places, filter }: ManySought, execution: Steerable): boolean {
  const owner = places.find(({ tenantId }) => tenantId === execution.tenantId);
  if (isDryRun(execution.reason) && !isDryRun(filter.reason)) return false;
  return owner !== undefined && maySteer(viewer, name, owner, execution);
}
