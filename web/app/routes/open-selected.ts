import { redirect } from '@tanstack/react-router';
import { collectionQuery } from '../../features/artifacts/api/get-collection.ts';
import type { queryClient } from '../../lib/query-client.ts';
import type { SelectionSearch } from '../artifact-search.ts';

/** @throws a redirect to the version, or the collection, that an address selects */
export async function openSelected(
  client: typeof queryClient,
  { selectionPath = '', version }: SelectionSearch,
): Promise<void> {
  const [entity, project, collection] = selectionPath.split('/');
  if (entity === undefined || project === undefined || collection === undefined) return;
  const { type } = await client.ensureQueryData(collectionQuery(entity, project, collection));
  const params = { entity, project, type, collection };
  if (version === undefined) throw redirect({ to: '/$entity/$project/artifacts/$type/$collection', params });
  throw redirect({
    to: '/$entity/$project/artifacts/$type/$collection/$version',
    params: { ...params, version },
  });
}
