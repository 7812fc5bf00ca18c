import type { SeenProjects } from '../access/seen-projects.ts';
import type { Filter } from '../filter/filter.ts';
import { collectionColumn, collectionFactColumns, collectionFacts } from './collection-lists.ts';
import { COLLECTION_COLUMNS, type Collection } from './collections.ts';
import type { Queryable } from './database.ts';
import type { KeysetList, Listed, ListPage } from './keyset-list.ts';
import { listRows } from './keyset-search.ts';

/** Collections of all projects and registries of some entities that somebody sees. */
export interface CollectionFinding {
  readonly seen: readonly SeenProjects[];
  readonly filter: Filter | undefined;
}

/** A page of the living collections that match, wherever they lie (see {@link listRows}). */
export function findCollections(
  database: Queryable,
  finding: CollectionFinding,
  page: ListPage,
): Promise<Listed<Collection>[]> {
  return listRows(database, listOf(finding), page);
}

function listOf({ seen, filter }: CollectionFinding): KeysetList<Collection> {
  return {
    name: 'collections',
    columns: COLLECTION_COLUMNS,
    from: 'collection join project on project.id = collection.project_id',
    id: { sql: 'collection.collection_id', type: 'bigint' },
    filter,
    scope: (parameters) => {
      const tenants = seen.map(({ tenantId }) => tenantId);
      const shown = seen.flatMap(({ tenantId, visibilities }) => visibilities.map((each) => tenantId + each));
      const registries = [...new Set(seen.flatMap((each) => each.registries))];
      return `collection.tenant_id = any(${parameters.add(tenants, 'bigint[]')})
        and collection.deleted_at is null and project.deleted_at is null
        and ((project.tenant_id || project.visibility) = any(${parameters.add(shown, 'text[]')})
          or project.id = any(${parameters.add(registries, 'bigint[]')}))`;
    },
    columnOf: collectionColumn,
    factColumns: () => collectionFactColumns(filter),
    factsOf: collectionFacts,
  };
}
