import type { Instant } from '../model/clock.ts';
import type { AutomationId } from '../model/ids.ts';
import type { Queryable } from './database.ts';

/** Since when an automation is as it is. */
export interface WatchSince {
  /** Since when it waits for what it waits for, where it does. */
  readonly condition: Instant;
  /** Since when it is enabled, or disabled. */
  readonly enabled: Instant;
}

/** Read from its revisions, of which each is kept. */
export async function watchSince(database: Queryable, id: AutomationId): Promise<WatchSince | undefined> {
  const [row] = await database.query<WatchSince | { condition: null }>(
    `select max(changed_at) filter (where new_condition) as condition,
            max(changed_at) filter (where new_enabled) as enabled
     from (
       select changed_at,
              (event, scope_kind, scope_id) is distinct from
                (lag(event) over past, lag(scope_kind) over past, lag(scope_id) over past) as new_condition,
              enabled is distinct from lag(enabled) over past as new_enabled
       from (
         select changed_at, revision, enabled, scope_kind, scope_id, (definition -> 'event')::jsonb as event
           from automation_revision where automation_id = $1::bigint
       ) revision
       window past as (order by revision)
     ) revisions`,
    [id],
  );
  return row?.condition === null ? undefined : row;
}
