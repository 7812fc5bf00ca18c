import { permits } from '../access/permits.ts';
import type { ScopeForm } from '../events/kind.ts';
import { invalid } from '../model/error.ts';
import { asId, type CollectionId, type EntityId, type ProjectId, type TenantId } from '../model/ids.ts';
import type { Place, Viewer } from '../model/viewer.ts';
import type { AutomationRecord } from '../store/automations.ts';
import { collectionById } from '../store/collections.ts';
import type { Queryable } from '../store/database.ts';
import { entityById } from '../store/entities.ts';
import { type ProjectPlace, projectById } from '../store/projects.ts';

/** What an automation is to watch, as it was asked for. */
export type ScopeRef =
  | { readonly kind: 'project'; readonly id: ProjectId }
  | { readonly kind: 'entity'; readonly id: EntityId }
  | { readonly kind: 'collection'; readonly tenantId: TenantId; readonly id: CollectionId };

/** What an automation watches, and where it stands. */
export type Scope = Place & ScopeRef & { readonly form: ScopeForm };

/** What a stored automation watches. */
export function scopeRefOf({ scopeKind, scopeId, tenantId }: AutomationRecord): ScopeRef {
  switch (scopeKind) {
    case 'project':
      return { kind: 'project', id: asId(scopeId) };
    case 'entity':
      return { kind: 'entity', id: asId(scopeId) };
    case 'collection':
      return { kind: 'collection', tenantId, id: asId(scopeId) };
  }
}

/** The scope of a reference, if the viewer may see it. @throws TriplineError invalid */
export async function findScope(database: Queryable, viewer: Viewer, ref: ScopeRef): Promise<Scope> {
  const scope = await lookUp(database, ref);
  if (scope !== undefined && permits(viewer, 'see', scope)) return scope;
  throw invalid(`no ${ref.kind} with this id can be the scope: it is unknown, deleted or hidden from you`, 'scope');
}

/** A scope as it is now that its rulebook is locked. @throws TriplineError invalid when it exists no more */
export async function requireLivingScope(database: Queryable, ref: ScopeRef): Promise<Scope> {
  const scope = await lookUp(database, ref);
  if (scope !== undefined) return scope;
  throw invalid(`the ${ref.kind} that is to be the scope was deleted at this moment`, 'scope');
}

async function lookUp(database: Queryable, ref: ScopeRef): Promise<Scope | undefined> {
  switch (ref.kind) {
    case 'project': {
      const project = await projectById(database, ref.id);
      return project && { ...project, kind: 'project', form: formOf(project) };
    }
    case 'entity': {
      const entity = await entityById(database, ref.id);
      if (entity === undefined) return undefined;
      const { id, rootId, name: entityName, kind: entityKind } = entity;
      return {
        kind: 'entity',
        form: 'entity',
        id,
        tenantId: id,
        rootId,
        visibility: undefined,
        entityName,
        entityKind,
      };
    }
    case 'collection': {
      const collection = await collectionById(database, { tenantId: ref.tenantId, collectionId: ref.id });
      const project = collection && (await projectById(database, collection.projectId));
      return project && { ...project, kind: 'collection', id: ref.id, form: collection.kind };
    }
  }
}

function formOf({ registryId }: ProjectPlace): ScopeForm {
  return registryId === null ? 'project' : 'registry';
}
