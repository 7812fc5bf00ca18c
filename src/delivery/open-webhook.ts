import { forbiddenSecrets } from '../actions/forbidden-secrets.ts';
import { secretsOf, templateSecrets, type WebhookConfig } from '../actions/webhook-config.ts';
import type { TenantId } from '../model/ids.ts';
import { createMasker, type Masker } from '../secrets/mask.ts';
import type { FindOpened } from '../secrets/open-secrets.ts';
import type { SigningSecret } from '../secrets/sign-webhook.ts';
import type { SecretValues } from '../template/holes.ts';
import type { WithoutSecret } from './closed-destination.ts';

/** A webhook with its secrets opened. Never log or keep it. */
export interface OpenWebhook {
  readonly kind: 'webhook';
  readonly config: WebhookConfig;
  readonly accessToken: string | undefined;
  readonly signing: SigningSecret | undefined;
  /** Names by which templates reach its secrets. */
  readonly names: { has(name: string): boolean };
  readonly values: SecretValues;
  /** Blanks what is to be kept of an exchange with it. */
  readonly mask: Masker;
}

/** A webhook with the secrets that were opened for it. */
export function openWebhook(
  tenantId: TenantId,
  config: WebhookConfig,
  opened: FindOpened,
  maskerOf: (values: readonly string[]) => Masker = createMasker,
): OpenWebhook | WithoutSecret {
  const values = new Map<string, SigningSecret>();
  const names = templateSecrets(config);
  const isForbidden = forbiddenSecrets(config);
  for (const name of secretsOf(config)) {
    const secret = opened(tenantId, name);
    if (secret.kind !== 'open') return { kind: `secret_${secret.kind}`, name };
    if (isForbidden(name, secret.access)) return { kind: 'secret_forbidden', name };
    values.set(name, secret);
  }
  const secretCalled = (name: string | null | undefined) => (typeof name === 'string' ? values.get(name) : undefined);
  return {
    kind: 'webhook',
    config,
    accessToken: secretCalled(config.accessTokenRef)?.value,
    signing: secretCalled(config.secretRef),
    names,
    values: (name) => secretCalled(names.get(name))?.value,
    mask: maskerOf(
      [...values.values()].flatMap(({ value, previous }) => (previous === undefined ? [value] : [value, previous])),
    ),
  };
}
