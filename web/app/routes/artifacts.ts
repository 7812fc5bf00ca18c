import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { collectionQuery } from '../../features/artifacts/api/get-collection.ts';
import { versionQuery } from '../../features/artifacts/api/get-version.ts';
import { projectQuery } from '../../features/projects/api/get-project.ts';
import { collectionSearch, collectionsSearch } from '../artifact-search.ts';
import { inside } from './doors.ts';
import { loadProject } from './load-project.ts';

const collections = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/$project/artifacts',
  validateSearch: collectionsSearch,
  loader: ({ context, params }) => loadProject(context.queryClient, params),
  component: lazyRouteComponent(() => import('../pages/project-artifacts-page.tsx'), 'ProjectArtifactsPage'),
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
      queryClient.ensureQueryData(projectQuery(entity, project)),
      queryClient.ensureQueryData(collectionQuery(entity, project, name)),
    ]);
  },
  component: lazyRouteComponent(() => import('../pages/collection-page.tsx'), 'CollectionPage'),
});

const version = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/$project/artifacts/$type/$collection/$version',
  loader: async ({ context: { queryClient }, params: { entity, project, collection: name, version: asked } }) => {
    await Promise.all([
      queryClient.ensureQueryData(projectQuery(entity, project)),
      queryClient.ensureQueryData(versionQuery(entity, project, name, asked)),
    ]);
  },
  component: lazyRouteComponent(() => import('../pages/version-page.tsx'), 'VersionPage'),
});

/** Artifact collections of projects and registries, and their versions. */
export const artifactsRoutes = [collections, ofType, collection, version] as const;
