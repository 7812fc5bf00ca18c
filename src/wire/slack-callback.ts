/** Where Slack sends browsers back to; an operator registers it with their Slack app, below the public address. */
export const SLACK_CALLBACK = '/slack/callback';
