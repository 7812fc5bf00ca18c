import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { viewerQuery } from '../features/account/api/get-viewer.ts';
import { automationQuery } from '../features/automations/api/get-automation.ts';
import { entityQuery } from '../features/entities/api/get-entity.ts';
import { type HistorySearch, parseHistorySearch } from '../features/executions/api/history-search.ts';
import { projectQuery } from '../features/projects/api/get-project.ts';
import { runQuery } from '../features/runs/api/get-run.ts';
import { queryClient } from '../lib/query-client.ts';
import { newAutomationSearch, stepSearch, tabSearch } from './automation-search.ts';
import { ownAddress } from './own-address.ts';
import { ErrorPage } from './pages/error-page.tsx';
import { NotFoundPage } from './pages/not-found-page.tsx';
import { PendingPage } from './pages/pending-page.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRouteWithContext<{ readonly queryClient: typeof queryClient }>()({});

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: ({ to }): { readonly to?: string } => (typeof to === 'string' ? { to: ownAddress(to) } : {}),
  component: lazyRouteComponent(() => import('./pages/login-page.tsx'), 'LoginPage'),
});

/** Everything for which somebody must be signed in. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context, location }) => {
    const viewer = await context.queryClient.ensureQueryData(viewerQuery);
    if (viewer === null) throw redirect({ to: '/login', search: { to: location.href } });
  },
  component: Shell,
});

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  validateSearch: searchText,
  component: lazyRouteComponent(() => import('./pages/home-page.tsx'), 'HomePage'),
});

const authorize = createRoute({
  getParentRoute: () => inside,
  path: '/authorize',
  component: lazyRouteComponent(() => import('./pages/authorize-page.tsx'), 'AuthorizePage'),
});

const automations = createRoute({
  getParentRoute: () => inside,
  path: '/automations',
  validateSearch: searchText,
  component: lazyRouteComponent(() => import('./pages/automations-page.tsx'), 'AutomationsPage'),
});

const history = createRoute({
  getParentRoute: () => inside,
  path: '/automations/history',
  validateSearch: (given: Record<string, unknown>): HistorySearch & { readonly entity?: string } => ({
    ...parseHistorySearch(given),
    ...(typeof given.entity === 'string' ? { entity: given.entity } : {}),
  }),
  component: lazyRouteComponent(() => import('./pages/history-page.tsx'), 'HistoryPage'),
});

/** The address that messages and the log name. */
const execution = createRoute({
  getParentRoute: () => inside,
  path: '/executions/$id',
  component: lazyRouteComponent(() => import('./pages/execution-page.tsx'), 'ExecutionPage'),
});

const newAutomation = createRoute({
  getParentRoute: () => inside,
  path: '/automations/new',
  validateSearch: newAutomationSearch,
  component: lazyRouteComponent(() => import('./pages/new-automation-page.tsx'), 'NewAutomationPage'),
});

/** The address that messages, webhooks and the history name. */
const automation = createRoute({
  getParentRoute: () => inside,
  path: '/automations/$id',
  validateSearch: tabSearch,
  loader: ({ context, params }) => loadAutomation(context.queryClient, params.id),
  component: lazyRouteComponent(() => import('./pages/automation-page.tsx'), 'AutomationPage'),
});

const editAutomation = createRoute({
  getParentRoute: () => inside,
  path: '/automations/$id/edit',
  validateSearch: stepSearch,
  loader: ({ context, params }) => loadAutomation(context.queryClient, params.id),
  component: lazyRouteComponent(() => import('./pages/edit-automation-page.tsx'), 'EditAutomationPage'),
});

const registries = createRoute({
  getParentRoute: () => inside,
  path: '/registries',
  component: lazyRouteComponent(() => import('./pages/registries-page.tsx'), 'RegistriesPage'),
});

const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/settings-page.tsx'), 'SettingsPage'),
});

const apiKeys = createRoute({
  getParentRoute: () => inside,
  path: '/settings/api-keys',
  component: lazyRouteComponent(() => import('./pages/api-keys-page.tsx'), 'ApiKeysPage'),
});

const entity = createRoute({
  getParentRoute: () => inside,
  path: '/$entity',
  loader: ({ context, params }) => context.queryClient.ensureQueryData(entityQuery(params.entity)),
  component: lazyRouteComponent(() => import('./pages/entity-page.tsx'), 'EntityPage'),
});

/** The address that the wandb client prints for the projects of an entity. */
const entityProjects = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/projects',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/$entity', params });
  },
});

const project = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/$project',
  validateSearch: searchText,
  loader: ({ context, params: { entity: name, project: of } }) =>
    context.queryClient.ensureQueryData(projectQuery(name, of)),
  component: lazyRouteComponent(() => import('./pages/project-page.tsx'), 'ProjectPage'),
});

const projectAutomations = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/$project/automations',
  validateSearch: searchText,
  loader: ({ context, params: { entity: name, project: of } }) =>
    context.queryClient.ensureQueryData(projectQuery(name, of)),
  component: lazyRouteComponent(() => import('./pages/project-automations-page.tsx'), 'ProjectAutomationsPage'),
});

const projectHistory = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/$project/automations/history',
  validateSearch: parseHistorySearch,
  loader: ({ context, params: { entity: name, project: of } }) =>
    context.queryClient.ensureQueryData(projectQuery(name, of)),
  component: lazyRouteComponent(() => import('./pages/project-history-page.tsx'), 'ProjectHistoryPage'),
});

const run = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/$project/runs/$run',
  loader: ({ context, params: { entity: name, project: of, run: id } }) =>
    context.queryClient.ensureQueryData(runQuery(name, of, id)),
  component: lazyRouteComponent(() => import('./pages/run-page.tsx'), 'RunPage'),
});

async function loadAutomation(client: typeof queryClient, id: string) {
  const viewer = await client.ensureQueryData(viewerQuery);
  return client.ensureQueryData(
    automationQuery(
      (viewer?.entities ?? []).map(({ name }) => name),
      id,
    ),
  );
}

function searchText({ search }: Record<string, unknown>): { readonly search?: string } {
  return typeof search === 'string' && search !== '' ? { search } : {};
}

const pages = [
  home,
  authorize,
  automations,
  history,
  execution,
  newAutomation,
  automation,
  editAutomation,
  registries,
  settings,
  apiKeys,
  entity,
  entityProjects,
  project,
  projectAutomations,
  projectHistory,
  run,
];

export const router = createRouter({
  routeTree: root.addChildren([login, inside.addChildren(pages)]),
  context: { queryClient },
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
