import { z } from 'zod';
import type { Json } from '../model/json.ts';

const text = z.string();

/** A Slack channel as it is stored; the address of its incoming webhook is a credential and lies apart, sealed. */
export const slackConfigSchema = z.object({
  /** Of the workspace. */
  teamName: text,
  channelName: text.describe('begins with # when Slack named it'),
  /** Slack's own ids and page; `null` of a channel whose address was pasted. */
  teamId: text.nullable().default(null),
  channelId: text.nullable().default(null),
  configurationUrl: text.nullable().default(null),
});

export type SlackConfig = z.output<typeof slackConfigSchema>;

/** Reads stored settings; `undefined` when they are no channel's. */
export function readSlackConfig(stored: Json): SlackConfig | undefined {
  return slackConfigSchema.safeParse(stored).data;
}
