import type { FastifyInstance, FastifyRequest } from 'fastify';
import { tooMuchHistory } from '../../../tracking/too-much-history.ts';

/** Of a body whose length is not told. */
const ASSUMED_BYTES = 256 * 1024;
/** A packed body grows by about so much. */
const PACKING = 8;

/**
 * Bounds the bytes of bodies that are received, waiting or at work, before any of them is read: what comes on top is
 * told to come again, so that memory does not grow with the load. One body alone is always let in.
 *
 * @param most bytes
 * @param onRefused told of each that is told to come again
 */
export function admitBodies(scope: FastifyInstance, most: number, onRefused: () => void): void {
  let admitted = 0;
  scope.addHook('onRequest', async (request, reply) => {
    const bytes = bytesOf(request);
    if (admitted > 0 && admitted + bytes > most) {
      onRefused();
      throw tooMuchHistory();
    }
    admitted += bytes;
    reply.raw.once('close', () => {
      admitted -= bytes;
    });
  });
}

function bytesOf({ headers }: FastifyRequest): number {
  const told = Number(headers['content-length'] ?? ASSUMED_BYTES);
  return headers['content-encoding'] === undefined ? told : told * PACKING;
}
