import type { Outbound } from '../outbound/client.ts';
import type { SecretGround } from './save-secret.ts';

/** The operator's own Slack app. */
export interface SlackApp {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What deeds that speak with Slack stand on. */
export interface SlackRoom extends SecretGround {
  /** Address of Slack, without a trailing slash. */
  readonly slackUrl: string;
  /** `undefined` when the operator set none: channels are then made from the address of an incoming webhook. */
  readonly app: SlackApp | undefined;
  readonly outbound: Pick<Outbound, 'send'>;
  /** Of Tripline, for `User-Agent`. */
  readonly version: string;
}
