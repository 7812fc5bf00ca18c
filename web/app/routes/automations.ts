import { createRoute } from '@tanstack/react-router';
import { parseAutomationSearch } from '../../features/automations/api/automation-search.ts';
import { automationQuery } from '../../features/automations/api/get-automation.ts';
import { type HistorySearch, parseHistorySearch } from '../../features/executions/api/history-search.ts';
import { type Given, textsIn } from '../../lib/address-text.ts';
import { newAutomationSearch, stepSearch, tabSearch } from '../automation-search.ts';
import { lazyPage } from '../lazy-page.ts';
import { inside } from './doors.ts';

const automations = createRoute({
  getParentRoute: () => inside,
  path: '/automations',
  validateSearch: parseAutomationSearch,
  component: lazyPage(() => import('../pages/automations-page.tsx'), 'AutomationsPage'),
});

const history = createRoute({
  getParentRoute: () => inside,
  path: '/automations/history',
  validateSearch: (given: Given): HistorySearch & { readonly entity?: string } => ({
    ...parseHistorySearch(given),
    ...textsIn(given, ['entity']),
  }),
  component: lazyPage(() => import('../pages/history-page.tsx'), 'HistoryPage'),
});

/** The address that messages and the log name. */
const execution = createRoute({
  getParentRoute: () => inside,
  path: '/executions/$id',
  component: lazyPage(() => import('../pages/execution-page.tsx'), 'ExecutionPage'),
});

const newAutomation = createRoute({
  getParentRoute: () => inside,
  path: '/automations/new',
  validateSearch: newAutomationSearch,
  component: lazyPage(() => import('../pages/new-automation-page.tsx'), 'NewAutomationPage'),
});

/** The address that messages, webhooks and the history name. */
const automation = createRoute({
  getParentRoute: () => inside,
  path: '/automations/$id',
  validateSearch: tabSearch,
  loader: ({ context, params }) => context.queryClient.ensureQueryData(automationQuery(params.id)),
  component: lazyPage(() => import('../pages/automation-page.tsx'), 'AutomationPage'),
});

const editAutomation = createRoute({
  getParentRoute: () => inside,
  path: '/automations/$id/edit',
  validateSearch: stepSearch,
  loader: ({ context, params }) => context.queryClient.ensureQueryData(automationQuery(params.id)),
  component: lazyPage(() => import('../pages/edit-automation-page.tsx'), 'EditAutomationPage'),
});

/** Automations and executions over all scopes. */
export const automationsRoutes = [automations, history, execution, newAutomation, automation, editAutomation] as const;
