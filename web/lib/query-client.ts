import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError, messageOf, UnreachableError } from './api/api-error.ts';
import type { LiveKind } from './live/messages.ts';
import { tellError } from './notices.ts';
import { tellAway } from './reach.ts';

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
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 5_000;
/** A server that is started anew is away for a moment: that is not told. */
const TOLD_FROM = 2;
/** Answers of a server, or of a proxy before it, that has no time just now. */
const BUSY: ReadonlySet<number> = new Set([429, 502, 503, 504]);

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      // a refusal stays one; a server that is busy may have time later, and one that is away is waited for
      retry: (failures, error) => {
        if (error instanceof UnreachableError) return true;
        return failures < MOST_TRIES && (!(error instanceof ApiError) || BUSY.has(error.status));
      },
      retryDelay: (failures) => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures),
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

queryClient.getQueryCache().subscribe((event) => {
  if (event.type !== 'updated' || event.action.type !== 'failed') return;
  const { error, failureCount } = event.action;
  if (error instanceof UnreachableError && failureCount >= TOLD_FROM) tellAway();
});

function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

/** The session has ended meanwhile: whoever signs in again comes back to this page. */
function signInAgain(): void {
  const to = location.pathname + location.search;
  location.assign(`/login?${new URLSearchParams({ to })}`);
}
