import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * Lets bodies of these routes reach the blob store unparsed, whatever type they claim to have: of parts the client says
 * an empty one, which would be refused.
 */
export function streamBodies(scope: FastifyInstance): void {
  scope.addHook('onRequest', ({ raw }, _reply, done) => {
    delete raw.headers['content-type'];
    done();
  });
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
}

/** How many bytes the request says that it brings; `undefined` when it does not say, or has packed them. */
export function sizeOf({ headers }: FastifyRequest): number | undefined {
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') return undefined;
  const size = Number(headers['content-length'] ?? Number.NaN);
  return Number.isSafeInteger(size) ? size : undefined;
}

/** The body as it comes in; an absent one is empty. */
export function bodyOf(request: FastifyRequest): AsyncIterable<Buffer> {
  return (request.body ?? Readable.from([])) as AsyncIterable<Buffer>;
}
