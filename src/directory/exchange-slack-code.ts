import { z } from 'zod';
import { conflict } from '../model/error.ts';
import type { Answer } from '../model/exchange.ts';
import { requireSlackApp } from './begin-slack-connection.ts';
import type { SlackRoom } from './slack-room.ts';

const accessSchema = z.object({
  ok: z.literal(true),
  team: z.object({ id: z.string(), name: z.string() }),
  incoming_webhook: z.object({
    channel: z.string(),
    channel_id: z.string(),
    configuration_url: z.string(),
    url: z.string(),
  }),
});

const refusalSchema = z.object({ ok: z.literal(false), error: z.string().regex(/^[a-z_]{1,64}$/) });

/** What Slack gives for a code. */
export type SlackAccess = z.output<typeof accessSchema>;

/**
 * Exchanges the code that came back from Slack for the channel that was chosen there. Slack's answer holds credentials:
 * of one that cannot be used, nothing is repeated.
 *
 * @throws TriplineError conflict that says what went wrong
 */
export async function exchangeSlackCode(
  room: SlackRoom,
  { code, redirectUri }: { readonly code: string; readonly redirectUri: string },
): Promise<SlackAccess> {
  const { clientId, clientSecret } = requireSlackApp(room);
  const form = { client_id: clientId, client_secret: clientSecret, code, redirect_uri: redirectUri };
  const answer = await room.outbound.send({
    method: 'POST',
    url: `${room.slackUrl}/api/oauth.v2.access`,
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      'User-Agent': `Tripline/${room.version}`,
    },
    body: new TextEncoder().encode(new URLSearchParams(form).toString()),
  });
  return readAccess(answer);
}

function readAccess(answer: Answer): SlackAccess {
  if (answer.kind === 'failure') throw conflict(`Slack could not be reached: ${answer.text}`);
  // only that status is Slack's word, whatever else comes with a redirect or an error
  const json = answer.status === 200 ? parseJson(answer.body) : undefined;
  const access = accessSchema.safeParse(json);
  if (access.success) return access.data;
  const refusal = refusalSchema.safeParse(json);
  throw conflict(
    refusal.success
      ? `Slack refused the connection: ${refusal.data.error}`
      : `Slack's answer (HTTP ${answer.status}) names no channel: connect again`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
