import type { Change } from '../model/change.ts';
import type { AutomationId, CollectionId, EventId, ProjectId, TenantId } from '../model/ids.ts';
import type { Queryable } from './database.ts';
import type { ProjectPlace } from './projects.ts';
import { projectsEver } from './projects-of-many.ts';

/** A change with what decides who may be told of it. */
export interface PlacedChange {
  readonly change: Change;
  /** The project in which it happened; `null` for something of a whole entity. */
  readonly project: ProjectPlace | null;
  /** Of an execution: what its event is about, for instance a run. */
  readonly subjectId: string | null;
}

/** Finds where changes stand, all together; those are missing whose project or automation is gone for good. */
export async function placeChanges(database: Queryable, changes: readonly Change[]): Promise<PlacedChange[]> {
  const [events, scopes, collections] = await Promise.all([
    eventsOf(database, changes),
    scopesOf(database, changes),
    collectionsOf(database, changes),
  ]);
  const found = changes.map((change) => ({ change, where: whereabouts(change, events, scopes, collections) }));
  const ids = [...new Set(found.flatMap(({ where }) => where?.projectId ?? []))];
  const projects = new Map((ids.length === 0 ? [] : await projectsEver(database, ids)).map((each) => [each.id, each]));
  return found.flatMap(({ change, where }) => {
    if (where === undefined) return [];
    const project = where.projectId === null ? null : projects.get(where.projectId);
    return project === undefined
      ? []
      : [{ change, project: project && seenAs(change, project), subjectId: where.subjectId }];
  });
}

/** Who saw a project before it was hidden is told of that too. */
function seenAs(change: Change, project: ProjectPlace): ProjectPlace {
  return change.kind === 'project' ? { ...project, visibility: change.visibility } : project;
}

/** In which project a change was, and of what. */
interface Whereabouts {
  readonly projectId: ProjectId | null;
  readonly subjectId: string | null;
}

function whereabouts(
  change: Change,
  events: ReadonlyMap<EventId, Whereabouts>,
  scopes: ReadonlyMap<AutomationId, Whereabouts>,
  collections: ReadonlyMap<CollectionId, Whereabouts>,
): Whereabouts | undefined {
  switch (change.kind) {
    case 'run':
      return { projectId: change.projectId, subjectId: change.runId };
    case 'execution':
      return events.get(change.key.eventId);
    case 'automation':
      return scopes.get(change.automationId);
    case 'collection':
      return collections.get(change.collectionId);
    case 'project':
      return { projectId: change.projectId, subjectId: null };
    case 'client':
      return { projectId: null, subjectId: null };
  }
}

async function eventsOf(database: Queryable, changes: readonly Change[]): Promise<ReadonlyMap<EventId, Whereabouts>> {
  const keys = changes.flatMap((change) => (change.kind === 'execution' ? [change.key] : []));
  if (keys.length === 0) return new Map();
  const tenants: readonly TenantId[] = keys.map(({ tenantId }) => tenantId);
  const rows = await database.query<Whereabouts & { eventId: EventId }>(
    `select event_id as "eventId", project_id as "projectId", subject_id as "subjectId" from event
     where tenant_id = any($1::bigint[]) and event_id = any($2::bigint[])`,
    [[...new Set(tenants)], [...new Set(keys.map(({ eventId }) => eventId))]],
  );
  return new Map(rows.map(({ eventId, ...event }) => [eventId, event]));
}

/** Of deleted ones too. */
async function scopesOf(
  database: Queryable,
  changes: readonly Change[],
): Promise<ReadonlyMap<AutomationId, Whereabouts>> {
  const ids = changes.flatMap((change) => (change.kind === 'automation' ? [change.automationId] : []));
  if (ids.length === 0) return new Map();
  const rows = await database.query<{ id: AutomationId; projectId: ProjectId | null }>(
    `select automation.id, case automation.scope_kind when 'project' then automation.scope_id
        when 'collection' then collection.project_id end as "projectId"
     from automation left join collection on automation.scope_kind = 'collection'
       and collection.tenant_id = automation.tenant_id and collection.collection_id = automation.scope_id
     where automation.id = any($1::bigint[])`,
    [ids],
  );
  return new Map(rows.map(({ id, projectId }) => [id, { projectId, subjectId: null }]));
}

/** Of deleted ones too. */
async function collectionsOf(
  database: Queryable,
  changes: readonly Change[],
): Promise<ReadonlyMap<CollectionId, Whereabouts>> {
  const keys = changes.flatMap((change) => (change.kind === 'collection' ? [change] : []));
  if (keys.length === 0) return new Map();
  const rows = await database.query<{ id: CollectionId; projectId: ProjectId }>(
    `select collection_id as id, project_id as "projectId" from collection
     where tenant_id = any($1::bigint[]) and collection_id = any($2::bigint[])`,
    [[...new Set(keys.map(({ tenantId }) => tenantId))], keys.map(({ collectionId }) => collectionId)],
  );
  return new Map(rows.map(({ id, projectId }) => [id, { projectId, subjectId: null }]));
}
