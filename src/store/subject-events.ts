import { decodeCaptured } from '../events/capture.ts';
import type { CapturedEvent } from '../events/index.ts';
import type { Instant } from '../model/clock.ts';
import type { EventId, ProjectId, TenantId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { Queryable } from './database.ts';

/** Something that happened to a run, a version or a collection. */
export interface SubjectEvent {
  readonly eventId: EventId;
  readonly projectId: ProjectId | null;
  readonly occurredAt: Instant;
  readonly captured: CapturedEvent;
}

/** What of some types happened to a subject, newest first. */
export async function eventsAbout(
  database: Queryable,
  { tenantId, subjectId }: { readonly tenantId: TenantId; readonly subjectId: string },
  types: readonly string[],
  limit: number,
): Promise<SubjectEvent[]> {
  const rows = await database.query<Omit<SubjectEvent, 'captured'> & { captured: Json }>(
    `select event_id as "eventId", project_id as "projectId", occurred_at as "occurredAt", captured from event
      where tenant_id = $1::bigint and subject_id = $2::bigint and type = any($3::text[])
      order by event_id desc limit $4::int`,
    [tenantId, subjectId, types, limit],
  );
  return rows.map((row) => ({ ...row, captured: decodeCaptured(row.captured) }));
}
