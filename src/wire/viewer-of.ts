import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Authenticate } from '../directory/authenticate.ts';
import type { ReadSession } from '../directory/read-session.ts';
import { LONGEST_USER_AGENT, type Origin } from '../model/audit.ts';
import { TriplineError } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { apiKeyOf } from './api-key-of.ts';
import { refuseForgedWrites } from './own-pages.ts';
import { sessionTokenOf } from './session-cookie.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; set below {@link requireViewer}, and for GraphQL, only. */
    viewer: Viewer;
  }
}

/** Who sends a request. @throws TriplineError unauthenticated, forbidden */
export type ViewerOf = (request: FastifyRequest) => Promise<Viewer>;

export interface Identities {
  readonly authenticate: Authenticate;
  readonly readSession: ReadSession;
  /** Start of absolute addresses, without a trailing slash. */
  readonly baseUrlOf: (request: FastifyRequest) => string;
}

/** Finds the viewer by the request's API key, or by the session of a browser that shows none. */
export function createViewerOf({ authenticate, readSession, baseUrlOf }: Identities): ViewerOf {
  return async (request) => {
    const key = apiKeyOf(request.headers.authorization);
    const token = key === undefined ? sessionTokenOf(request) : undefined;
    if (token !== undefined) {
      refuseForgedWrites(request, baseUrlOf(request));
      const signedIn = await readSession(token);
      if (signedIn === undefined) throw new TriplineError('unauthenticated', 'the session has ended: sign in again');
      return { ...signedIn, origin: originOf(request, null) };
    }
    if (key === undefined) {
      throw new TriplineError(
        'unauthenticated',
        "no API key: send it as HTTP Basic 'api:<key>' or as 'Authorization: Bearer <key>'",
      );
    }
    const viewer = await authenticate(key);
    if (viewer === undefined) throw new TriplineError('unauthenticated', 'invalid API key');
    return { ...viewer, origin: originOf(request, viewer.origin?.apiKey ?? null) };
  };
}

/** From where a request came, for the audit log. @param apiKey that it showed */
export function originOf({ ip, headers }: FastifyRequest, apiKey: Origin['apiKey']): Origin {
  const userAgent = headers['user-agent']?.slice(0, LONGEST_USER_AGENT) ?? null;
  return { address: ip, userAgent, apiKey };
}

/** Lets only authenticated requests reach the routes of this plugin, which then read `request.viewer`. */
export function requireViewer(app: FastifyInstance, viewerOf: ViewerOf): void {
  app.decorateRequest('viewer');
  app.addHook('onRequest', async (request) => {
    request.viewer = await viewerOf(request);
  });
}
