import type { Definitions } from './definition.ts';
import * as parse from './parsers.ts';

/** The Slack app by which teams connect channels. */
export const SLACK = {
  slackClientId: {
    flag: '--slack-client-id <id>',
    variable: 'TRIPLINE_SLACK_CLIENT_ID',
    fileKey: 'slack-client-id',
    description: 'client id of the Slack app by which teams connect channels',
    accepts: 'the id that Slack shows for the app',
    schema: parse.text.optional(),
  },
  slackClientSecret: {
    variable: 'TRIPLINE_SLACK_CLIENT_SECRET',
    fileKey: 'slack-client-secret',
    description: 'client secret of that Slack app',
    accepts: 'the secret that Slack shows for the app',
    schema: parse.text.optional(),
    secret: true,
  },
  slackUrl: {
    flag: '--slack-url <url>',
    variable: 'TRIPLINE_SLACK_URL',
    fileKey: 'slack-url',
    description: 'address of Slack, or of a server that speaks like it',
    accepts: 'an address like https://slack.com, without a path',
    fallback: () => 'https://slack.com',
    schema: parse.publicUrl,
  },
} as const satisfies Definitions;
