import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { inside } from './doors.ts';
import { searchText } from './search-text.ts';

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  validateSearch: searchText,
  component: lazyRouteComponent(() => import('../pages/home-page.tsx'), 'HomePage'),
});

/** The first steps of somebody new. */
const welcome = createRoute({
  getParentRoute: () => inside,
  path: '/welcome',
  component: lazyRouteComponent(() => import('../pages/welcome-page.tsx'), 'WelcomePage'),
});

const authorize = createRoute({
  getParentRoute: () => inside,
  path: '/authorize',
  component: lazyRouteComponent(() => import('../pages/authorize-page.tsx'), 'AuthorizePage'),
});

const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  component: lazyRouteComponent(() => import('../pages/settings-page.tsx'), 'SettingsPage'),
});

const apiKeys = createRoute({
  getParentRoute: () => inside,
  path: '/settings/api-keys',
  component: lazyRouteComponent(() => import('../pages/api-keys-page.tsx'), 'ApiKeysPage'),
});

/** What belongs to the person who is signed in. */
export const accountRoutes = [home, welcome, authorize, settings, apiKeys] as const;
