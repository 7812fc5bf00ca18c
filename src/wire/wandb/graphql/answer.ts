import type { FastifyBaseLogger } from 'fastify';
import { type ExecutionResult, GraphQLError } from 'graphql';
import { TriplineError } from '../../../model/error.ts';
import { withoutValues } from './without-values.ts';

/** An HTTP answer of the endpoint. */
export interface GraphqlAnswer {
  readonly status: number;
  readonly retryAfter: number | undefined;
  readonly body: GraphqlBody;
}

export interface GraphqlBody {
  readonly data?: unknown;
  readonly errors?: readonly GraphqlFailure[];
}

interface GraphqlFailure {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code: string };
}

const OK = 200;

/**
 * The answer to an executed operation. The first refusal sets the status, because the client branches on it
 * (wandb protocol, 0.4); faults of ours stay 200, so that the client fails at once instead of repeating the
 * request for minutes (0.5), unless the database is away, when repeating is what helps.
 */
export function answerResult(result: ExecutionResult, log: FastifyBaseLogger): GraphqlAnswer {
  const errors = result.errors ?? [];
  if (errors.length === 0) return { status: OK, retryAfter: undefined, body: { data: result.data } };
  const faults = errors.map((error) => publicFault(error, log));
  const refusal = faults.find((fault) => fault instanceof TriplineError);
  return {
    status: refusal?.status ?? OK,
    retryAfter: refusal?.retryAfter,
    body: { errors: errors.map((error, index) => toFailure(error, faults[index])), data: result.data ?? null },
  };
}

/** The answer to a document that does not fit the schema: what was wrong, at once (wandb protocol, 0.5). */
export function answerInvalid(errors: readonly GraphQLError[]): GraphqlAnswer {
  return {
    status: OK,
    retryAfter: undefined,
    body: {
      errors: errors.map((error) => ({ message: withoutValues(error.message), extensions: { code: 'invalid' } })),
    },
  };
}

/** The answer to a request that was refused before it was executed. */
export function answerRefusal(refusal: TriplineError): GraphqlAnswer {
  return {
    status: refusal.status,
    retryAfter: refusal.retryAfter,
    body: { errors: [{ message: refusal.message, extensions: { code: refusal.code } }] },
  };
}

/** What the caller may be told of an error: a refusal, the engine's own words, or nothing. */
function publicFault(error: GraphQLError, log: FastifyBaseLogger): TriplineError | 'engine' | 'internal' {
  const cause = causeOf(error);
  if (cause === undefined) return 'engine';
  if (cause instanceof TriplineError) return cause;
  log.error({ err: cause, path: error.path }, 'a GraphQL resolver failed');
  return 'internal';
}

/** What a resolver threw; `undefined` when the engine refused by itself, which wraps its refusals of variables. */
function causeOf(error: GraphQLError): Error | undefined {
  const cause = error.originalError ?? undefined;
  return cause instanceof GraphQLError ? causeOf(cause) : cause;
}

function toFailure(error: GraphQLError, fault: TriplineError | 'engine' | 'internal' | undefined): GraphqlFailure {
  const path = error.path === undefined ? {} : { path: error.path };
  if (fault instanceof TriplineError) return { message: fault.message, ...path, extensions: { code: fault.code } };
  if (fault === 'engine') return { message: withoutValues(error.message), ...path, extensions: { code: 'invalid' } };
  return { message: 'internal error', ...path, extensions: { code: 'internal' } };
}
