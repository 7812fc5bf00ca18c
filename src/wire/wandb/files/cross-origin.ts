import type { FastifyInstance } from 'fastify';

/** A preflight is asked again after a day. */
const PREFLIGHT = {
  'access-control-allow-methods': 'GET, HEAD, PUT',
  'access-control-allow-headers': '*',
  'access-control-max-age': 86_400,
} as const;

/**
 * Lets pages of any origin fetch below these paths: the addresses carry their own authorisation and no cookie counts,
 * as with the object stores for which the client's `wandb verify` asks.
 */
export function openToPages(scope: FastifyInstance, paths: readonly string[]): void {
  scope.addHook('onRequest', (_request, reply, done) => {
    reply.headers({ 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' });
    done();
  });
  for (const path of paths) {
    scope.options(`${path}*`, (_request, reply) => reply.code(204).headers(PREFLIGHT).send());
  }
}
