import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { entityQuery } from '../../features/entities/api/get-entity.ts';
import { type DialogSearch, dialogSearch } from '../pages/dialog-search.ts';
import { settingsPartsFor } from '../pages/settings-parts.ts';
import { inside } from './doors.ts';

/** Leads to the first part that the viewer may see. */
const settings = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/settings',
  beforeLoad: async ({ context, params }) => {
    const [first] = settingsPartsFor(await context.queryClient.ensureQueryData(entityQuery(params.entity)));
    throw redirect({ to: first?.to ?? '/$entity', params });
  },
});

const webhooks = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/settings/webhooks',
  validateSearch: dialogSearch,
  loader: ({ context, params }) => context.queryClient.ensureQueryData(entityQuery(params.entity)),
  component: lazyRouteComponent(() => import('../pages/entity-webhooks-page.tsx'), 'EntityWebhooksPage'),
});

/** The address to which Slack's answer leads: it says which channel was connected. */
const slack = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/settings/slack',
  validateSearch: (given: Record<string, unknown>): DialogSearch & { readonly connected?: string } => ({
    ...dialogSearch(given),
    ...(given.connected === undefined ? {} : { connected: String(given.connected) }),
  }),
  loader: ({ context, params }) => context.queryClient.ensureQueryData(entityQuery(params.entity)),
  component: lazyRouteComponent(() => import('../pages/entity-slack-page.tsx'), 'EntitySlackPage'),
});

const secrets = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/settings/secrets',
  validateSearch: dialogSearch,
  loader: ({ context, params }) => context.queryClient.ensureQueryData(entityQuery(params.entity)),
  component: lazyRouteComponent(() => import('../pages/entity-secrets-page.tsx'), 'EntitySecretsPage'),
});

/** What an entity is set up with: where it sends to, and by which secrets. */
export const entitySettingsRoutes = [settings, webhooks, slack, secrets] as const;
