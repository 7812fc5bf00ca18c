import { seenProjects } from '../access/seen-projects.ts';
import type { Viewer } from '../model/viewer.ts';
import { collectionById } from '../store/collections.ts';
import type { Queryable } from '../store/database.ts';
import { type Territory, tenantsUnder } from '../store/territory.ts';
import type { Scope } from './scope.ts';

/** What lies under a scope, as far as the viewer may see it: an organization's teams and registries are under it. */
export async function territoriesOf(database: Queryable, viewer: Viewer, scope: Scope): Promise<readonly Territory[]> {
  const seen = seenProjects(viewer, scope);
  switch (scope.kind) {
    case 'project':
      return [{ ...seen, projectId: scope.id, collectionId: null }];
    case 'collection': {
      const collection = await collectionById(database, { tenantId: scope.tenantId, collectionId: scope.id });
      return collection === undefined ? [] : [{ ...seen, projectId: collection.projectId, collectionId: scope.id }];
    }
    case 'entity':
      return (await tenantsUnder(database, scope.id)).map((tenantId) => {
        return { ...seenProjects(viewer, { ...scope, tenantId }), projectId: null, collectionId: null };
      });
  }
}

/** The name of the collection that a scope is; `null` for any other scope. */
export async function watchedCollection(database: Queryable, scope: Scope): Promise<string | null> {
  if (scope.kind !== 'collection') return null;
  const found = await collectionById(database, { tenantId: scope.tenantId, collectionId: scope.id });
  return found?.name ?? null;
}
