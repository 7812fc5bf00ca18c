import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { TriplineError } from '../model/error.ts';
import type { ErrorItem, ErrorsBody } from '../wire/errors-body.ts';
import { CHALLENGE, errorsOf } from '../wire/errors-body.ts';
import { PAGE_HEADER } from '../wire/own-pages.ts';

/** What the pages listen with: they cannot give that request a header of their own. */
const EVENT_STREAM = 'text/event-stream';

/**
 * The one answer to everything that is thrown: refusals with their own status and words, faults of the request that
 * the HTTP library found with its status, and anything else logged in full and told as "internal error" only.
 */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof TriplineError) return answerRefusal(error, request, reply);
  if (isRequestFault(error)) return send(reply, error.statusCode, { errors: itemsOf(error) });
  request.log.error({ err: error }, 'request failed');
  return send(reply, 500, { errors: [{ message: 'internal error', code: 'internal', requestId: request.id }] });
}

function answerRefusal(error: TriplineError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error.retryAfter !== undefined) reply.header('retry-after', error.retryAfter);
  // a browser would ask for a name and a password by itself, where our page has a form
  const isPage = request.headers[PAGE_HEADER] !== undefined || request.headers.accept === EVENT_STREAM;
  const challenged = error.code === 'unauthenticated' && !isPage;
  if (challenged) reply.header('www-authenticate', CHALLENGE);
  return send(reply, error.status, errorsOf(error));
}

/** Past the route's own serializer: a refusal must never fail for its form. */
function send(reply: FastifyReply, status: number, body: ErrorsBody): FastifyReply {
  return reply.code(status).type('application/json; charset=utf-8').serializer(JSON.stringify).send(body);
}

interface RequestFault extends FastifyError {
  readonly statusCode: number;
}

function isRequestFault(error: unknown): error is RequestFault {
  if (!(error instanceof Error) || !('statusCode' in error)) return false;
  const { statusCode } = error;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
}

function itemsOf(error: RequestFault): ErrorItem[] {
  const code = error.statusCode === 413 ? 'too_large' : 'invalid';
  if (error.validation === undefined) return [{ message: error.message, code }];
  return error.validation.map(({ instancePath, message }) => {
    const path = [error.validationContext ?? 'request', ...instancePath.split('/').filter((part) => part !== '')].join(
      '.',
    );
    return { message: `${path}: ${message ?? 'invalid'}`, code, path };
  });
}
