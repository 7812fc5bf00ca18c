import { forbiddenSecrets } from '../actions/forbidden-secrets.ts';
import { readWebhookConfig, secretsOf, type WebhookConfig } from '../actions/webhook-config.ts';
import type { TenantId } from '../model/ids.ts';
import type { Integration } from '../store/integrations.ts';
import type { DeliveryRoom } from './room.ts';

type Room = Pick<DeliveryRoom, 'outbound' | 'secrets'>;

/**
 * What every delivery to a webhook would fail for as things stand, in words for whoever saves or reads it: an address
 * that is never reached, secrets that are missing or closed to it. What a name leads to is seen when something is sent.
 */
export async function warnOfWebhook({ outbound, secrets }: Room, webhook: Integration): Promise<string[]> {
  const config = webhook.kind === 'webhook' ? readWebhookConfig(webhook.config) : undefined;
  if (config === undefined) return [];
  const refusal = outbound.refusalOf(config.url);
  return [...(refusal === undefined ? [] : [refusal]), ...(await secretWarnings(secrets, webhook.tenantId, config))];
}

async function secretWarnings(
  { readSecrets }: Room['secrets'],
  tenantId: TenantId,
  config: WebhookConfig,
): Promise<string[]> {
  const names = secretsOf(config);
  if (names.length === 0) return [];
  const found = new Map((await readSecrets(names.map((name) => ({ tenantId, name })))).map((row) => [row.name, row]));
  const isForbidden = forbiddenSecrets(config);
  return names.flatMap((name) => {
    const secret = found.get(name);
    if (secret === undefined) return [`there is no secret '${name}' yet: until there is, nothing is sent`];
    return isForbidden(name, secret.access)
      ? [`the access of secret '${name}' is closed to what this webhook does with it: nothing is sent`]
      : [];
  });
}
