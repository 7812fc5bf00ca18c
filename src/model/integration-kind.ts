/** What can be delivered to. */
export type IntegrationKind = 'webhook' | 'slack';

/** What people call one. */
export const INTEGRATION_WORDS: Readonly<Record<IntegrationKind, string>> = {
  webhook: 'webhook',
  slack: 'Slack channel',
};
