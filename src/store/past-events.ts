import { EVENT_TYPES } from '../events/index.ts';
import type { Instant } from '../model/clock.ts';
import type { EventId, ProjectId, TenantId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { Visibility } from '../model/viewer.ts';
import type { Queryable } from './database.ts';
import { REGISTRY_ID } from './projects.ts';

/** An event that happened, and the project where. */
export interface PastEvent {
  readonly eventId: EventId;
  readonly type: string;
  readonly occurredAt: Instant;
  readonly projectId: ProjectId | null;
  /** The run, version or collection that it is about. */
  readonly subjectId: string;
  /** As `encodeCaptured` wrote it. */
  readonly captured: Json;
  readonly visibility: Visibility | null;
  /** Of the project when it is a registry. */
  readonly registryId: ProjectId | null;
}

const SELECT = `select event.event_id as "eventId", event.type, event.occurred_at as "occurredAt", event.captured,
    event.project_id as "projectId", event.subject_id as "subjectId",
    project.visibility, ${REGISTRY_ID} as "registryId"
  from event
  left join project on project.id = event.project_id
  left join entity on entity.id = project.tenant_id
  where event.tenant_id = $1::bigint`;

export async function eventById(
  database: Queryable,
  tenantId: TenantId,
  eventId: EventId,
): Promise<PastEvent | undefined> {
  const [row] = await database.query<PastEvent>(`${SELECT} and event.event_id = $2::bigint`, [tenantId, eventId]);
  return row;
}

/** The last events of a tenant that automations can wait for, newest first. */
export function newestEvents(database: Queryable, tenantId: TenantId, limit: number): Promise<PastEvent[]> {
  return database.query<PastEvent>(
    `${SELECT} and event.type = any($3::text[]) order by event.event_id desc limit $2::int`,
    [tenantId, limit, EVENT_TYPES],
  );
}

/** What admins of a tenant were told, newest first. */
export function notices(
  database: Queryable,
  { tenantId, before, limit }: { tenantId: TenantId; before: EventId | null; limit: number },
): Promise<PastEvent[]> {
  return database.query<PastEvent>(
    `${SELECT} and event.type in ('INTEGRATION_TROUBLE', 'AUTOMATION_TROUBLE') and ($2::bigint is null or event.event_id < $2::bigint)
     order by event.event_id desc limit $3::int`,
    [tenantId, before, limit],
  );
}
