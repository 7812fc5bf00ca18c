import type { OutgoingRequest } from '../model/exchange.ts';

/** The request that posts a message to an incoming webhook of Slack, everything decided. */
export function prepareSlack(url: string, message: string, version: string): OutgoingRequest {
  return {
    method: 'POST',
    url,
    headers: { 'Content-Type': 'application/json', 'User-Agent': `Tripline/${version}` },
    body: new TextEncoder().encode(message),
  };
}
