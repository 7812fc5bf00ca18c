import { createRoute, redirect } from '@tanstack/react-router';
import { REGISTRY_PREFIX } from '../../../src/model/registry-name.ts';
import { parseAutomationSearch } from '../../features/automations/api/automation-search.ts';
import { parseHistorySearch } from '../../features/executions/api/history-search.ts';
import { projectQuery } from '../../features/projects/api/get-project.ts';
import { registryQuery } from '../../features/registries/api/get-registry.ts';
import type { Given } from '../../lib/address-text.ts';
import type { queryClient } from '../../lib/query-client.ts';
import { collectionsSearch, selectionSearch } from '../artifact-search.ts';
import { lazyPage } from '../lazy-page.ts';
import { inside } from './doors.ts';
import { openSelected } from './open-selected.ts';
import { searchText } from './search-text.ts';

const registries = createRoute({
  getParentRoute: () => inside,
  path: '/registries',
  validateSearch: searchText,
  component: lazyPage(() => import('../pages/registries-page.tsx'), 'RegistriesPage'),
});

/** The address that the wandb client prints, with a version that it selects. */
const registry = createRoute({
  getParentRoute: () => inside,
  path: '/orgs/$organization/registry/$registry',
  validateSearch: (search: Given) => ({ ...collectionsSearch(search), ...selectionSearch(search) }),
  beforeLoad: ({ context, search }) => openSelected(context.queryClient, search),
  loader: ({ context, params }) => loadRegistry(context.queryClient, params),
  component: lazyPage(() => import('../pages/registry-page.tsx'), 'RegistryPage'),
});

const automations = createRoute({
  getParentRoute: () => inside,
  path: '/orgs/$organization/registry/$registry/automations',
  validateSearch: parseAutomationSearch,
  loader: ({ context, params }) => loadRegistry(context.queryClient, params),
  component: lazyPage(() => import('../pages/registry-automations-page.tsx'), 'RegistryAutomationsPage'),
});

const history = createRoute({
  getParentRoute: () => inside,
  path: '/orgs/$organization/registry/$registry/automations/history',
  validateSearch: parseHistorySearch,
  loader: ({ context, params }) => loadRegistry(context.queryClient, params),
  component: lazyPage(() => import('../pages/registry-history-page.tsx'), 'RegistryHistoryPage'),
});

const members = createRoute({
  getParentRoute: () => inside,
  path: '/orgs/$organization/registry/$registry/members',
  loader: ({ context, params }) => loadRegistry(context.queryClient, params),
  component: lazyPage(() => import('../pages/registry-members-page.tsx'), 'RegistryMembersPage'),
});

const settings = createRoute({
  getParentRoute: () => inside,
  path: '/orgs/$organization/registry/$registry/settings',
  loader: ({ context, params }) => loadRegistry(context.queryClient, params),
  component: lazyPage(() => import('../pages/registry-settings-page.tsx'), 'RegistrySettingsPage'),
});

/** The address that the client prints for a model that is linked to another collection than a registry's. */
const modelRegistry = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/registry/model',
  validateSearch: selectionSearch,
  beforeLoad: async ({ context, search }) => {
    await openSelected(context.queryClient, search);
    throw redirect({ to: '/registries' });
  },
});

async function loadRegistry(
  client: typeof queryClient,
  { organization, registry: name }: { readonly organization: string; readonly registry: string },
): Promise<void> {
  await Promise.all([
    client.ensureQueryData(registryQuery(organization, name)),
    client.ensureQueryData(projectQuery(organization, REGISTRY_PREFIX + name)),
  ]);
}

/** Registries and what is linked there. */
export const registriesRoutes = [registries, registry, automations, history, members, settings, modelRegistry] as const;
