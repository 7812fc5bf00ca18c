import { createRoute } from '@tanstack/react-router';
import { parseAuditSearch } from '../../features/audit/api/audit-search.ts';
import { type Given, textsIn } from '../../lib/address-text.ts';
import { lazyPage } from '../lazy-page.ts';
import { inside } from './doors.ts';

const server = createRoute({
  getParentRoute: () => inside,
  path: '/settings/server',
  component: lazyPage(() => import('../pages/server-page.tsx'), 'ServerPage'),
});

const users = createRoute({
  getParentRoute: () => inside,
  path: '/settings/server/users',
  /** @returns the email of a user to be made */
  validateSearch: (given: Given): { readonly email?: string } => textsIn(given, ['email']),
  component: lazyPage(() => import('../pages/server-users-page.tsx'), 'ServerUsersPage'),
});

const organizations = createRoute({
  getParentRoute: () => inside,
  path: '/settings/server/organizations',
  component: lazyPage(() => import('../pages/server-organizations-page.tsx'), 'ServerOrganizationsPage'),
});

const audit = createRoute({
  getParentRoute: () => inside,
  path: '/settings/server/audit',
  validateSearch: parseAuditSearch,
  component: lazyPage(() => import('../pages/server-audit-page.tsx'), 'ServerAuditPage'),
});

/** What the operator of the server looks after. */
export const serverRoutes = [server, users, organizations, audit] as const;
