import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Authenticate } from '../directory/authenticate.ts';
import { LONGEST_USER_AGENT, type Origin } from '../model/audit.ts';
import { TriplineError } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { apiKeyOf } from './api-key-of.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; set below {@link requireViewer}, and for GraphQL, only. */
    viewer: Viewer;
  }
}

/** Who sends a request. @throws TriplineError unauthenticated */
export type ViewerOf = (request: FastifyRequest) => Promise<Viewer>;

/** Finds the viewer by the request's API key. */
export function createViewerOf(authenticate: Authenticate): ViewerOf {
  return async (request) => {
    const key = apiKeyOf(request.headers.authorization);
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
