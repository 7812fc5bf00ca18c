import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../lazy-page.ts';
import { inside } from './doors.ts';
import { searchText } from './search-text.ts';

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  validateSearch: searchText,
  component: lazyPage(() => import('../pages/home-page.tsx'), 'HomePage'),
});

/** The first steps of somebody new. */
const welcome = createRoute({
  getParentRoute: () => inside,
  path: '/welcome',
  component: lazyPage(() => import('../pages/welcome-page.tsx'), 'WelcomePage'),
});

const authorize = createRoute({
  getParentRoute: () => inside,
  path: '/authorize',
  component: lazyPage(() => import('../pages/authorize-page.tsx'), 'AuthorizePage'),
});

const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  component: lazyPage(() => import('../pages/settings-page.tsx'), 'SettingsPage'),
});

const apiKeys = createRoute({
  getParentRoute: () => inside,
  path: '/settings/api-keys',
  component: lazyPage(() => import('../pages/api-keys-page.tsx'), 'ApiKeysPage'),
});

const alerts = createRoute({
  getParentRoute: () => inside,
  path: '/settings/alerts',
  component: lazyPage(() => import('../pages/own-alerts-page.tsx'), 'OwnAlertsPage'),
});

/** What belongs to the person who is signed in. */
export const accountRoutes = [home, welcome, authorize, settings, apiKeys, alerts] as const;
