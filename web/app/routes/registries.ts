import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { inside } from './doors.ts';

const registries = createRoute({
  getParentRoute: () => inside,
  path: '/registries',
  component: lazyRouteComponent(() => import('../pages/registries-page.tsx'), 'RegistriesPage'),
});

/** Registries and what is linked there. */
export const registriesRoutes = [registries] as const;
