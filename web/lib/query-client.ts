import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError, messageOf } from './api/api-error.ts';
import type { LiveKind } from './live/messages.ts';
import { tellError } from './notices.ts';

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: {
      /** What makes it old: it is read again as soon as that happens. */
      readonly live?: readonly LiveKind[];
    };
    mutationMeta: {
      /** Refusals are shown where they belong, for instance at a field: no notice is needed. */
      readonly quiet?: boolean;
    };
  }
}

const FRESH_MS = 10_000;
const MOST_TRIES = 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      // a refusal stays one; a server that cannot be reached may come back
      retry: (failures, error) => failures < MOST_TRIES && !(error instanceof ApiError),
    },
  },
  queryCache: new QueryCache({
    onError: (error) => {
      if (isSignedOut(error)) signInAgain();
    },
  }),
  mutationCache: new MutationCache({
    onError: (error, _variables, _onMutate, mutation) => {
      if (mutation.meta?.quiet === true) return;
      if (isSignedOut(error)) signInAgain();
      else tellError(messageOf(error));
    },
  }),
});

function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

/** The session has ended meanwhile: whoever signs in again comes back to this page. */
function signInAgain(): void {
  const to = location.pathname + location.search;
  location.assign(`/login?${new URLSearchParams({ to })}`);
}
