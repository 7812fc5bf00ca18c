import { createRoute, redirect } from '@tanstack/react-router';
import { entityQuery } from '../../features/entities/api/get-entity.ts';
import { type Given, textsIn } from '../../lib/address-text.ts';
import { lazyPage } from '../lazy-page.ts';
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
  component: lazyPage(() => import('../pages/entity-webhooks-page.tsx'), 'EntityWebhooksPage'),
});

interface SlackSearch extends DialogSearch {
  readonly connected?: string;
  readonly refused?: string;
}

/** Anybody can write an address: what it says is shown only where it is such a word. */
function isWord(given: unknown): given is string {
  return typeof given === 'string' && /^[a-z_]{1,64}$/.test(given);
}

/** The address to which Slack's answer leads: it says which channel was connected, or in one word why none was. */
const slack = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/settings/slack',
  validateSearch: (given: Given): SlackSearch => ({
    ...dialogSearch(given),
    ...textsIn(given, ['connected']),
    ...(isWord(given.refused) ? { refused: given.refused } : {}),
  }),
  loader: ({ context, params }) => context.queryClient.ensureQueryData(entityQuery(params.entity)),
  component: lazyPage(() => import('../pages/entity-slack-page.tsx'), 'EntitySlackPage'),
});

const secrets = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/settings/secrets',
  validateSearch: dialogSearch,
  loader: ({ context, params }) => context.queryClient.ensureQueryData(entityQuery(params.entity)),
  component: lazyPage(() => import('../pages/entity-secrets-page.tsx'), 'EntitySecretsPage'),
});

const storage = createRoute({
  getParentRoute: () => inside,
  path: '/$entity/settings/storage',
  loader: ({ context, params }) => context.queryClient.ensureQueryData(entityQuery(params.entity)),
  component: lazyPage(() => import('../pages/entity-storage-page.tsx'), 'EntityStoragePage'),
});

/** What an entity is set up with: where it sends to, and by which secrets, and what it stores. */
export const entitySettingsRoutes = [settings, webhooks, slack, secrets, storage] as const;
