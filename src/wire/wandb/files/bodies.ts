import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Lets bodies of these routes reach the blob store unparsed, whatever type they claim to have. */
export function streamBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
}

/** The body as it comes in; an absent one is empty. */
export function bodyOf(request: FastifyRequest): AsyncIterable<Buffer> {
  return (request.body ?? Readable.from([])) as AsyncIterable<Buffer>;
}
