import type { Instant } from '../model/clock.ts';
import type { AutomationId } from '../model/ids.ts';
import { largeIdAt } from '../model/large-id.ts';
import type { Queryable } from './database.ts';
import { WHERE_IT_FIRES } from './last-executions.ts';

/** How an automation's executions of the last 24 hours went; skipped and cancelled ones are not counted. */
export interface RecentExecutions {
  readonly finished: number;
  readonly failed: number;
  readonly pending: number;
  /** Whether these are all: at most {@link MOST_RECENT} are looked at. */
  readonly complete: boolean;
}

export const MOST_RECENT = 1_000;
const DAY_MS = 86_400_000;

export const NO_RECENT: RecentExecutions = { finished: 0, failed: 0, pending: 0, complete: true };

/** Of each of these automations that was executed in the last 24 hours; the newest of an entity are looked at first. */
export async function recentExecutions(
  database: Queryable,
  ids: readonly AutomationId[],
  now: Instant,
): Promise<ReadonlyMap<AutomationId, RecentExecutions>> {
  const rows = await database.query<RecentExecutions & { readonly automationId: AutomationId }>(
    `select automation.id as "automationId", count(*) filter (where recent.status = 'finished')::int as finished,
       count(*) filter (where recent.status = 'failed')::int as failed,
       count(*) filter (where recent.status = 'pending')::int as pending, count(*) < $3::int as complete
     from automation cross join lateral (
       select found.status from entity place cross join lateral (
         select execution.status from execution
         where execution.tenant_id = place.id and execution.automation_id = automation.id
           and execution.status <> 'skipped' and execution.event_id >= $2::bigint
         order by execution.event_id desc limit $3::int
       ) found
       where ${WHERE_IT_FIRES} limit $3::int
     ) recent
     where automation.id = any($1::bigint[]) group by automation.id`,
    [ids, largeIdAt(now - DAY_MS), MOST_RECENT],
  );
  return new Map(rows.map(({ automationId, ...recent }) => [automationId, recent]));
}
