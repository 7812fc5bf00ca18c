import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { entityQuery } from '../../features/entities/api/get-entity.ts';
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
  loader: ({ context, params }) => context.queryClient.ensureQueryData(entityQuery(params.entity)),
  component: lazyRouteComponent(() => import('../pages/entity-webhooks-page.tsx'), 'EntityWebhooksPage'),
});

/** What an entity is set up with: where it sends to, and by which secrets. */
export const entitySettingsRoutes = [settings, webhooks] as const;
