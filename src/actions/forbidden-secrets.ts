import type { SecretAccess } from '../model/secret-access.ts';
import { namesIn } from '../template/names-in.ts';
import { templateSecrets, type WebhookConfig } from './webhook-config.ts';

/** Tells of each secret that a webhook names whether its access keeps it from being used as the webhook would. */
export function forbiddenSecrets(config: WebhookConfig): (name: string, access: SecretAccess) => boolean {
  const names = templateSecrets(config);
  const inHeaders = new Set([...namesIn(Object.values(config.headers))].map((name) => names.get(name)));
  return (name, { webhooks, headerTemplates }) => !webhooks || (!headerTemplates && inHeaders.has(name));
}
