import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { finishSlackConnection, type SlackConnection } from '../../directory/finish-slack-connection.ts';
import type { SlackRoom } from '../../directory/slack-room.ts';
import { TriplineError } from '../../model/error.ts';
import type { Integration } from '../../store/integrations.ts';
import { sessionTokenOf } from '../session-cookie.ts';
import { SLACK_CALLBACK } from '../slack-callback.ts';
import { originOf, type ViewerOf } from '../viewer-of.ts';

export interface SlackDeps {
  readonly slack: SlackRoom;
  readonly viewerOf: ViewerOf;
}

const parameter = z.string().optional().catch(undefined);
const querySchema = z.object({ state: parameter, code: parameter, error: parameter });

/**
 * Serves the address to which Slack sends the browser of whoever connects a channel: a page of one sentence, or the
 * settings of the entity for whoever is signed in, which tell how it ended.
 */
export function mountSlack(app: FastifyInstance, { slack, viewerOf }: SlackDeps): void {
  // a HEAD would use the state up
  app.get(SLACK_CALLBACK, { exposeHeadRoute: false }, async (request, reply) => {
    try {
      const end = await finish(request, slack, viewerOf);
      if (showsPages(request)) return openSettings(reply, end);
      if (end.kind === 'refused') throw end.reason;
      return answer(reply, 200, sentence(end.channel));
    } catch (error) {
      if (!(error instanceof TriplineError)) throw error;
      return answer(reply, error.status, `Slack was not connected: ${error.message}.`);
    }
  });
}

/** Slack's redirect carries no key, but the cookie of whoever is signed in: they must be who began. */
async function finish(request: FastifyRequest, slack: SlackRoom, viewerOf: ViewerOf): Promise<SlackConnection> {
  const { state = '', code, error } = querySchema.parse(request.query);
  const asked = await viewerOf(request).catch((reason: unknown) => anybody(request, reason));
  const origin = asked?.origin ?? originOf(request, null);
  return finishSlackConnection(slack, { asked, origin }, { state, code, error });
}

/** A key must be right. A cookie may be old: the state says whether a session is needed. */
function anybody({ headers }: FastifyRequest, reason: unknown): undefined {
  const unknown = reason instanceof TriplineError && reason.code === 'unauthenticated';
  if (!unknown || headers.authorization !== undefined) throw reason;
}

function sentence({ name, entityName }: Integration): string {
  return `Connected: ${name} is a Slack channel of '${entityName}' now. This page can be closed.`;
}

function showsPages(request: FastifyRequest): boolean {
  return sessionTokenOf(request) !== undefined && (request.headers.accept?.includes('text/html') ?? false);
}

function openSettings(reply: FastifyReply, end: SlackConnection): FastifyReply {
  const [entity, query] =
    end.kind === 'connected'
      ? [end.channel.entityName, `connected=${end.channel.id}`]
      : [end.entityName, `refused=${end.word}`];
  return reply.headers(HEADERS).redirect(`/${encodeURIComponent(entity)}/settings/slack?${query}`, 303);
}

/** The address holds the code, which no other page should be told. */
const HEADERS = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' };

/** Plain text: names come from Slack. */
function answer(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).headers(HEADERS).type('text/plain; charset=utf-8').send(`${text}\n`);
}
