import { readWebhookConfig } from '../actions/webhook-config.ts';
import type { FreshLease } from '../store/destinations.ts';
import type { PressureLimits } from './pressure.ts';

/** What Slack takes for one channel (automations, section 4.7). */
const SLACK_LIMITS: PressureLimits = { inFlight: 1, perSecond: 1 };

/** What an integration may be sent: a webhook as it is set, or as the server is. */
export function limitsOf(
  { kind, config }: Pick<FreshLease, 'kind' | 'config'>,
  server: PressureLimits,
): PressureLimits {
  switch (kind) {
    case 'slack':
      return SLACK_LIMITS;
    case 'webhook': {
      const own = readWebhookConfig(config);
      return { inFlight: own?.inFlight ?? server.inFlight, perSecond: own?.perSecond ?? server.perSecond };
    }
  }
}
