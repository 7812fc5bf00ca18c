import { createRoute, redirect } from '@tanstack/react-router';
import { collectionQuery } from '../../features/artifacts/api/get-collection.ts';
import { versionQuery } from '../../features/artifacts/api/get-version.ts';
import { projectQuery } from '../../features/projects/api/get-project.ts';
import { registryQuery } from '../../features/registries/api/get-registry.ts';
import type { queryClient } from '../../lib/query-client.ts';
import { collectionSearch, collectionsSearch, versionSearch } from '../artifact-search.ts';
import { lazyPage } from '../lazy-page.ts';
import { inside } from './doors.ts';
import { loadProject } from './load-project.ts';

const collections = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/$project/artifacts',
  validateSearch: collectionsSearch,
  loader: ({ context, params }) => loadProject(context.queryClient, params),
  component: lazyPage(() => import('../pages/project-artifacts-page.tsx'), 'ProjectArtifactsPage'),
});

const ofType = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/$project/artifacts/$type',
  beforeLoad: ({ params: { type, ...params } }) => {
    throw redirect({ to: '/$entity/$project/artifacts', params, search: { type } });
  },
});

/** The addresses that the wandb client prints, and that events name. */
const collection = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/$project/artifacts/$type/$collection',
  validateSearch: collectionSearch,
  loader: async ({ context: { queryClient }, params: { entity, project, collection: name } }) => {
    await Promise.all([
      loadRights(queryClient, entity, project),
      queryClient.ensureQueryData(collectionQuery(entity, project, name)),
    ]);
  },
  component: lazyPage(() => import('../pages/collection-page.tsx'), 'CollectionPage'),
});

const version = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/$project/artifacts/$type/$collection/$version',
  validateSearch: versionSearch,
  loader: async ({ context: { queryClient }, params: { entity, project, collection: name, version: asked } }) => {
    await Promise.all([
      loadRights(queryClient, entity, project),
      queryClient.ensureQueryData(versionQuery(entity, project, name, asked)),
    ]);
  },
  component: lazyPage(() => import('../pages/version-page.tsx'), 'VersionPage'),
});

/** What one may do in a project; of a registry, its protected aliases too. */
async function loadRights(client: typeof queryClient, entity: string, project: string): Promise<void> {
  const { registry } = await client.ensureQueryData(projectQuery(entity, project));
  if (registry !== null) await client.ensureQueryData(registryQuery(entity, registry));
}

/** Artifact collections of projects and registries, and their versions. */
export const artifactsRoutes = [collections, ofType, collection, version] as const;
