import { createRoute } from '@tanstack/react-router';
import { parseAuditSearch } from '../../features/audit/api/audit-search.ts';
import { entityQuery } from '../../features/entities/api/get-entity.ts';
import type { queryClient } from '../../lib/query-client.ts';
import { lazyPage } from '../lazy-page.ts';
import { inside } from './doors.ts';

interface Loading {
  readonly context: { readonly queryClient: typeof queryClient };
  readonly params: { readonly entity: string };
}

const loader = ({ context, params }: Loading) => context.queryClient.ensureQueryData(entityQuery(params.entity));

const members = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/settings/members',
  loader,
  component: lazyPage(() => import('../pages/entity-members-page.tsx'), 'EntityMembersPage'),
});

const alerts = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/settings/alerts',
  loader,
  component: lazyPage(() => import('../pages/entity-alerts-page.tsx'), 'EntityAlertsPage'),
});

const audit = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/settings/audit',
  validateSearch: parseAuditSearch,
  loader,
  component: lazyPage(() => import('../pages/entity-audit-page.tsx'), 'EntityAuditPage'),
});

/** Who belongs to an entity, what it is told of, and what was changed in it. */
export const entityMembersRoutes = [members, alerts, audit] as const;
