import { createRouter } from '@tanstack/react-router';
import { queryClient } from '../lib/query-client.ts';
import { ErrorPage } from './pages/error-page.tsx';
import { NotFoundPage } from './pages/not-found-page.tsx';
import { PendingPage } from './pages/pending-page.tsx';
import { accountRoutes } from './routes/account.ts';
import { artifactsRoutes } from './routes/artifacts.ts';
import { automationsRoutes } from './routes/automations.ts';
import { clientAddresses } from './routes/client-addresses.ts';
import { inside, login, root } from './routes/doors.ts';
import { entitiesRoutes } from './routes/entities.ts';
import { entityMembersRoutes } from './routes/entity-members.ts';
import { entitySettingsRoutes } from './routes/entity-settings.ts';
import { projectsRoutes } from './routes/projects.ts';
import { registriesRoutes } from './routes/registries.ts';
import { serverRoutes } from './routes/server.ts';

const pages = [
  ...accountRoutes,
  ...automationsRoutes,
  ...registriesRoutes,
  ...entitiesRoutes,
  ...entitySettingsRoutes,
  ...entityMembersRoutes,
  ...serverRoutes,
  ...projectsRoutes,
  ...artifactsRoutes,
  ...clientAddresses,
];

export const router = createRouter({
  routeTree: root.addChildren([login, inside.addChildren(pages)]),
  context: { queryClient },
  // a page gets what its route reads of an address, never what the reading left out
  search: { strict: true },
  defaultPreload: 'intent',
  // the query client decides what is fresh
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 200,
  defaultPendingComponent: PendingPage,
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
  scrollRestoration: true,
  scrollToTopSelectors: ['#scrolled'],
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
