import { createRootRouteWithContext, createRoute, redirect } from '@tanstack/react-router';
import { viewerQuery } from '../../features/account/api/get-viewer.ts';
import type { queryClient } from '../../lib/query-client.ts';
import { lazyPage } from '../lazy-page.ts';
import { ownAddress } from '../own-address.ts';
import { Shell } from '../shell/shell.tsx';

export const root = createRootRouteWithContext<{ readonly queryClient: typeof queryClient }>()({});

export const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: ({ to }): { readonly to?: string } => (typeof to === 'string' ? { to: ownAddress(to) } : {}),
  component: lazyPage(() => import('../pages/login-page.tsx'), 'LoginPage'),
});

/** Everything for which somebody must be signed in. */
export const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context, location }) => {
    const viewer = await context.queryClient.ensureQueryData(viewerQuery);
    if (viewer === null) throw redirect({ to: '/login', search: { to: location.href } });
  },
  component: Shell,
});
