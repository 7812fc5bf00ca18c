import { createRoute } from '@tanstack/react-router';
import { parseAutomationSearch } from '../../features/automations/api/automation-search.ts';
import { parseHistorySearch } from '../../features/executions/api/history-search.ts';
import { plotSearch } from '../../features/plots/components/plot-settings.ts';
import { runQuery } from '../../features/runs/api/get-run.ts';
import { parseRunsSearch } from '../../features/runs/api/runs-search.ts';
import type { Given } from '../../lib/address-text.ts';
import { lazyPage } from '../lazy-page.ts';
import { runSearch } from '../run-search.ts';
import { workspaceSearch } from '../workspace-search.ts';
import { inside } from './doors.ts';
import { loadProject } from './load-project.ts';

const project = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/$project',
  validateSearch: parseRunsSearch,
  loader: ({ context, params }) => loadProject(context.queryClient, params),
  component: lazyPage(() => import('../pages/project-page.tsx'), 'ProjectPage'),
});

const projectAutomations = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/$project/automations',
  validateSearch: parseAutomationSearch,
  loader: ({ context, params }) => loadProject(context.queryClient, params),
  component: lazyPage(() => import('../pages/project-automations-page.tsx'), 'ProjectAutomationsPage'),
});

const projectHistory = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/$project/automations/history',
  validateSearch: parseHistorySearch,
  loader: ({ context, params }) => loadProject(context.queryClient, params),
  component: lazyPage(() => import('../pages/project-history-page.tsx'), 'ProjectHistoryPage'),
});

const workspace = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/$project/workspace',
  validateSearch: workspaceSearch,
  loader: ({ context, params }) => loadProject(context.queryClient, params),
  component: lazyPage(() => import('../pages/workspace-page.tsx'), 'WorkspacePage'),
});

const run = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/$project/runs/$run',
  validateSearch: (given: Given) => ({ ...runSearch(given), ...plotSearch(given) }),
  loader: ({ context, params: { entity: name, project: of, run: id } }) =>
    context.queryClient.ensureQueryData(runQuery(name, of, id)),
  component: lazyPage(() => import('../pages/run-page.tsx'), 'RunPage'),
});

/** A project and what is in it. */
export const projectsRoutes = [project, workspace, projectAutomations, projectHistory, run] as const;
