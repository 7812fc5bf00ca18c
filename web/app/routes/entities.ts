import { createRoute, redirect } from '@tanstack/react-router';
import { entityQuery } from '../../features/entities/api/get-entity.ts';
import { lazyPage } from '../lazy-page.ts';
import { inside } from './doors.ts';

const entity = createRoute({
  getParentRoute: () => inside,
  path: '/$entity',
  loader: ({ context, params }) => context.queryClient.ensureQueryData(entityQuery(params.entity)),
  component: lazyPage(() => import('../pages/entity-page.tsx'), 'EntityPage'),
});

/** The address that the wandb client prints for the projects of an entity. */
const entityProjects = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/projects',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/$entity', params });
  },
});

/** An entity and its projects. */
export const entitiesRoutes = [entity, entityProjects] as const;
