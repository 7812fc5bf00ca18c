const WORDS: Readonly<Record<string, string>> = {
  channel_not_found: 'Slack knows the channel no more.',
  channel_is_archived: 'The channel is archived in Slack.',
  no_service: 'The incoming webhook was removed in Slack.',
  action_prohibited: 'An admin of the workspace forbids it.',
};

/** Why Slack takes nothing for a channel. */
export function brokenWords(reason: string): string {
  return WORDS[reason] ?? `Slack answered ${reason}.`;
}
