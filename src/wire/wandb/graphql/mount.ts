import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { execute, type GraphQLSchema } from 'graphql';
import { TriplineError } from '../../../model/error.ts';
import type { Viewer } from '../../../model/viewer.ts';
import { CHALLENGE } from '../../errors-body.ts';
import { answerInvalid, answerRefusal, answerResult, type GraphqlAnswer } from './answer.ts';
import { AnswerLists } from './answer-lists.ts';
import { clientVersionOf } from './client-version.ts';
import { createOnce, type GraphqlContext, type GraphqlServices } from './context.ts';
import { Documents } from './documents.ts';
import type { GraphqlModule } from './module.ts';
import { MODULES } from './modules.ts';
import { onBehalfOf } from './on-behalf-of.ts';
import { parseGraphqlRequest } from './request.ts';
import { buildSchema } from './schema.ts';

const UNAUTHENTICATED = 401;
const LARGEST_BODY = 16 * 1024 * 1024;

export interface GraphqlDeps {
  readonly services: GraphqlServices;
  /** @throws TriplineError unauthenticated */
  readonly viewerOf: (request: FastifyRequest) => Promise<Viewer>;
  /** Start of absolute addresses in answers, without a trailing slash. */
  readonly baseUrlOf: (request: FastifyRequest) => string;
}

/** Serves `POST /graphql`, the client's main door (wandb protocol, section 0). */
export function mountGraphql(
  app: FastifyInstance,
  deps: GraphqlDeps,
  modules: readonly GraphqlModule[] = MODULES,
): void {
  const schema = buildSchema(modules);
  const documents = new Documents(schema);
  app.register(async (scope) => {
    scope.decorateRequest('viewer');
    // before the body is read: a stranger cannot make us take and parse megabytes
    scope.addHook('onRequest', (request, reply) => admit(request, reply, deps));
    scope.post('/graphql', { bodyLimit: LARGEST_BODY }, async (request, reply) => {
      const answer = await answerRequest(request, schema, documents, deps).catch(refuse);
      return send(reply, answer);
    });
  });
}

/** Finds who asks; a stranger is answered in GraphQL's form, and the request goes no further. */
async function admit(request: FastifyRequest, reply: FastifyReply, deps: GraphqlDeps): Promise<unknown> {
  try {
    const viewer = await deps.viewerOf(request);
    request.viewer = await onBehalfOf(deps.services.ground, viewer, request.headers);
    return undefined;
  } catch (error) {
    return send(reply, refuse(error));
  }
}

async function answerRequest(
  request: FastifyRequest,
  schema: GraphQLSchema,
  documents: Documents,
  deps: GraphqlDeps,
): Promise<GraphqlAnswer> {
  const asked = parseGraphqlRequest(request.body);
  const checked = documents.check(asked.query);
  if (!checked.ok) return answerInvalid(checked.errors);
  const contextValue: GraphqlContext = {
    ...deps.services,
    viewer: request.viewer,
    client: clientVersionOf(request.headers['user-agent']),
    baseUrl: deps.baseUrlOf(request),
    log: request.log,
    lists: new AnswerLists(),
    once: createOnce(),
  };
  const result = await execute({
    schema,
    document: checked.document,
    operationName: asked.operationName,
    variableValues: asked.variables,
    contextValue,
  });
  return answerResult(result, request.log);
}

function refuse(error: unknown): GraphqlAnswer {
  if (error instanceof TriplineError) return answerRefusal(error);
  throw error;
}

function send(reply: FastifyReply, answer: GraphqlAnswer): FastifyReply {
  if (answer.retryAfter !== undefined) reply.header('retry-after', answer.retryAfter);
  if (answer.status === UNAUTHENTICATED) reply.header('www-authenticate', CHALLENGE);
  return reply.code(answer.status).type('application/json; charset=utf-8').send(JSON.stringify(answer.body));
}
