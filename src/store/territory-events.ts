import { decodeCaptured } from '../events/capture.ts';
import type { EventId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import { largeIdAt } from '../model/large-id.ts';
import type { TimeRange } from './active-runs.ts';
import type { Queryable } from './database.ts';
import type { SubjectEvent } from './subject-events.ts';
import { IN_TERRITORY, type Territory, territoryParameters } from './territory.ts';

/** What of one type happened in a territory and a range of time, oldest first. @param after the last of the page before */
export async function eventsIn(
  database: Queryable,
  territory: Territory,
  type: string,
  { from, to }: TimeRange,
  page: { readonly after: EventId | null; readonly limit: number },
): Promise<SubjectEvent[]> {
  const rows = await database.query<Omit<SubjectEvent, 'captured'> & { captured: Json }>(
    `select event.event_id as "eventId", event.project_id as "projectId", event.occurred_at as "occurredAt",
            event.captured
       from event
       join project on project.tenant_id = event.tenant_id and project.id = event.project_id
      where event.tenant_id = $1::bigint and ${IN_TERRITORY} and event.type = $5::text
        and event.event_id >= $6::bigint and event.event_id < $7::bigint
        and event.occurred_at >= $8::timestamptz and event.occurred_at < $9::timestamptz
        and ($10::bigint is null or event.event_id > $10::bigint)
      order by event.event_id limit $11::int`,
    [
      ...territoryParameters(territory),
      type,
      largeIdAt(from),
      largeIdAt(to),
      new Date(from),
      new Date(to),
      page.after,
      page.limit,
    ],
  );
  return rows.map((row) => ({ ...row, captured: decodeCaptured(row.captured) }));
}
