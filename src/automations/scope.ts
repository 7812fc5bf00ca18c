import { permits } from '../access/permits.ts';
import { invalid } from '../model/error.ts';
import type { EntityId, ProjectId, TenantId } from '../model/ids.ts';
import type { Place, Viewer } from '../model/viewer.ts';
import type { Queryable } from '../store/database.ts';
import { entityById } from '../store/entities.ts';
import { projectById } from '../store/projects.ts';

/** What an automation is to watch, as it was asked for. */
export type ScopeRef =
  | { readonly kind: 'project'; readonly id: ProjectId }
  | { readonly kind: 'entity'; readonly id: EntityId }
  | { readonly kind: 'collection'; readonly id: string };

/** What an automation watches, and where it stands. */
export type Scope = Place & Exclude<ScopeRef, { kind: 'collection' }>;

/** The scope of a reference, if the viewer may see it. @throws TriplineError invalid */
export async function findScope(database: Queryable, viewer: Viewer, ref: ScopeRef): Promise<Scope> {
  const scope = await lookUp(database, ref);
  if (scope !== undefined && permits(viewer, 'see', scope)) return scope;
  throw invalid(`no ${ref.kind} with this id can be the scope: it is unknown, deleted or hidden from you`, 'scope');
}

/** The same scope, if it still exists now that its rulebook is locked. @throws TriplineError invalid */
export async function requireLivingScope(database: Queryable, scope: Scope): Promise<void> {
  if ((await lookUp(database, scope)) !== undefined) return;
  throw invalid(`the ${scope.kind} that is to be the scope was deleted at this moment`, 'scope');
}

async function lookUp(database: Queryable, ref: ScopeRef): Promise<Scope | undefined> {
  switch (ref.kind) {
    case 'project': {
      const project = await projectById(database, ref.id);
      return project && { ...project, kind: 'project' };
    }
    case 'entity': {
      const entity = await entityById(database, ref.id);
      return (
        entity && {
          kind: 'entity',
          id: entity.id,
          tenantId: entity.id as TenantId,
          rootId: entity.rootId,
          visibility: undefined,
        }
      );
    }
    case 'collection':
      return undefined;
  }
}
