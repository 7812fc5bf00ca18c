import { EVENT_TYPES } from '../events/index.ts';
import type { Instant } from '../model/clock.ts';
import type { EventId, ProjectId, TenantId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { Visibility } from '../model/viewer.ts';
import type { Queryable } from './database.ts';
import { REGISTRY_ID } from './projects.ts';
import { IN_TERRITORY, type Territory, territoryParameters } from './territory.ts';

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

/** An event with whose it is. */
export interface OwnedEvent extends PastEvent {
  readonly tenantId: TenantId;
  readonly entity: string;
}

/** Which events of a territory are sought. */
export interface EventsSought {
  readonly type: string;
  /** Name of the collection that they are about; `null`: of any. */
  readonly collection: string | null;
  /** So many of the tenant's newest are looked at: a type that is rare is not sought for ever. */
  readonly lookedAt: number;
  readonly limit: number;
}

const COLLECTION = `coalesce(event.captured #>> '{version,collection,name}', event.captured #>> '{collection,name}')`;

/** The last events of a territory, newest first. */
export function newestEventsIn(
  database: Queryable,
  territory: Territory,
  { type, collection, lookedAt, limit }: EventsSought,
): Promise<OwnedEvent[]> {
  return database.query<OwnedEvent>(
    `select event.tenant_id as "tenantId", owner.name as entity, event.event_id as "eventId", event.type,
       event.occurred_at as "occurredAt", event.captured, event.project_id as "projectId",
       event.subject_id as "subjectId", project.visibility, ${REGISTRY_ID} as "registryId"
     from (select * from event where tenant_id = $1::bigint order by event_id desc limit $5::int) event
     join entity owner on owner.id = event.tenant_id
     join project on project.id = event.project_id and ${IN_TERRITORY}
     join entity on entity.id = project.tenant_id
     where event.type = $6::text and ($7::text is null or ${COLLECTION} = $7::text)
     order by event.event_id desc limit $8::int`,
    [...territoryParameters(territory), lookedAt, type, collection, limit],
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
