import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { demand } from '../../access/demand.ts';
import { beginSlackConnection } from '../../directory/begin-slack-connection.ts';
import { createSlackChannel } from '../../directory/create-slack-channel.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import { SLACK_CALLBACK } from '../slack-callback.ts';
import type { RestResource } from './app.ts';
import { integration, toIntegration } from './integration-schemas.ts';
import { answers, instant, isoInstant } from './schemas.ts';

const tags = ['integrations'];
const params = z.object({ entity: z.string() });

const newSlackChannel = z
  .strictObject({
    name: z.string().nullable().default(null).describe('null: made of channel and workspace'),
    teamName: z.string().describe('of the workspace'),
    channelName: z.string(),
    url: z.string().describe('of an incoming webhook in Slack; nobody can read it again'),
  })
  .meta({ id: 'NewSlackChannel' });

const slackConnection = z
  .object({
    authorizeUrl: z.string().describe('where a browser is to go; Slack asks there for the channel'),
    expiresAt: instant,
  })
  .meta({ id: 'SlackConnection' });

const slackSetup = z
  .object({
    available: z
      .boolean()
      .describe("whether the operator set a Slack app; else only an incoming webhook's URL is taken"),
    redirectUrl: z.string().describe('to be registered with the Slack app'),
  })
  .meta({ id: 'SlackSetup' });

/** Slack channels of an entity; they are listed, changed, tested and deleted as integrations. */
export const slackChannels: RestResource = (app, { ground, slack, baseUrlOf }) => {
  app.post(
    '/entities/:entity/slack-channels',
    {
      schema: {
        tags,
        summary: 'Make a Slack channel from the URL of an incoming webhook',
        params,
        body: newSlackChannel,
        response: answers(201, integration),
      },
    },
    async ({ viewer, params, body }, reply) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      const created = await createSlackChannel(slack, viewer, entity, body);
      return reply.code(201).send(toIntegration(viewer, created, true));
    },
  );

  const redirectUrlFor = (request: FastifyRequest) => `${baseUrlOf(request)}${SLACK_CALLBACK}`;

  app.get(
    '/entities/:entity/slack-channels/connect',
    {
      schema: {
        tags,
        summary: 'Read whether a Slack channel can be connected through Slack',
        params,
        response: answers(200, slackSetup),
      },
    },
    async (request) => {
      const { viewer, params } = request;
      const entity = await requireEntity(ground, viewer, params.entity);
      demand(viewer, 'manage_integrations', entity, `entity '${entity.name}'`);
      return { available: slack.app !== undefined, redirectUrl: redirectUrlFor(request) };
    },
  );

  app.post(
    '/entities/:entity/slack-channels/connect',
    {
      schema: {
        tags,
        summary: 'Begin to connect a Slack channel; the browser comes back within ten minutes',
        params,
        response: answers(200, slackConnection),
      },
    },
    async (request) => {
      const { viewer, params } = request;
      const entity = await requireEntity(ground, viewer, params.entity);
      const { authorizeUrl, expiresAt } = beginSlackConnection(slack, viewer, entity, redirectUrlFor(request));
      return { authorizeUrl, expiresAt: isoInstant(expiresAt) };
    },
  );
};
