import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseAutomationSearch } from '../../features/automations/api/automation-search.ts';
import { parseHistorySearch } from '../../features/executions/api/history-search.ts';
import { runQuery } from '../../features/runs/api/get-run.ts';
import { runSearch, runsSearch } from '../run-search.ts';
import { inside } from './doors.ts';
import { loadProject } from './load-project.ts';

const project = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/$project',
  validateSearch: runsSearch,
  loader: ({ context, params }) => loadProject(context.queryClient, params),
  component: lazyRouteComponent(() => import('../pages/project-page.tsx'), 'ProjectPage'),
});

const projectAutomations = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/$project/automations',
  validateSearch: parseAutomationSearch,
  loader: ({ context, params }) => loadProject(context.queryClient, params),
  component: lazyRouteComponent(() => import('../pages/project-automations-page.tsx'), 'ProjectAutomationsPage'),
});

const projectHistory = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/$project/automations/history',
  validateSearch: parseHistorySearch,
  loader: ({ context, params }) => loadProject(context.queryClient, params),
  component: lazyRouteComponent(() => import('../pages/project-history-page.tsx'), 'ProjectHistoryPage'),
});

const run = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/$project/runs/$run',
  validateSearch: runSearch,
  loader: ({ context, params: { entity: name, project: of, run: id } }) =>
    context.queryClient.ensureQueryData(runQuery(name, of, id)),
  component: lazyRouteComponent(() => import('../pages/run-page.tsx'), 'RunPage'),
});

/** A project and what is in it. */
export const projectsRoutes = [project, projectAutomations, projectHistory, run] as const;
