import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from '../wire/metrics/metrics.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its answer goes on until somebody ends it: how long it took says nothing. */
    endless?: boolean;
  }
}

/** Counts and logs every answer: refusals at `info`, faults at `error`, all else at `debug`. Never a query string. */
export function observeRequests(app: FastifyInstance, metrics: Metrics): void {
  const tellsAll = app.log.level === 'debug' || app.log.level === 'trace';
  // both wait for nothing and call back: a promise each would cost more than they do
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const status = reply.statusCode;
    const seconds = reply.elapsedTime / 1000;
    if (request.routeOptions.config.endless !== true)
      metrics.observeRequest({ method: request.method, route, status, seconds });
    const level = levelOf(status);
    if (level !== 'debug' || tellsAll) request.log[level](factsOf(request, reply, route), 'answered');
    done();
  });
}

function levelOf(status: number): 'debug' | 'info' | 'error' {
  if (status < 400) return 'debug';
  return status < 500 ? 'info' : 'error';
}

function factsOf(request: FastifyRequest, reply: FastifyReply, route: string): object {
  return {
    method: request.method,
    path: request.url.split('?', 1)[0],
    route,
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime),
    address: request.ip,
  };
}
