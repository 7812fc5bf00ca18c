import { readWebhookConfig, secretsOf, templateSecrets, type WebhookConfig } from '../actions/webhook-config.ts';
import type { IntegrationId, TenantId } from '../model/ids.ts';
import { createMasker, type Masker } from '../secrets/mask.ts';
import { type FindOpened, openSecrets } from '../secrets/open-secrets.ts';
import type { SigningSecret } from '../secrets/sign-webhook.ts';
import { findDestinations, type StoredDestination } from '../store/delivery-work.ts';
import type { SecretValues } from '../template/holes.ts';
import type { DeliveryRoom } from './room.ts';

/** A webhook with its secrets opened. Never log or keep it. */
export interface OpenWebhook {
  readonly kind: 'open';
  readonly config: WebhookConfig;
  readonly accessToken: string | undefined;
  readonly signing: SigningSecret | undefined;
  /** Names by which templates reach its secrets. */
  readonly names: { has(name: string): boolean };
  readonly values: SecretValues;
  /** Blanks what is to be kept of an exchange with it. */
  readonly mask: Masker;
}

/** A webhook that is not delivered to, and why. */
export type ClosedWebhook =
  | { readonly kind: 'disabled' | 'unreadable' }
  | { readonly kind: 'secret_missing' | 'secret_locked'; readonly name: string };

/** Those webhooks that were not deleted. */
export type Destinations = ReadonlyMap<IntegrationId, OpenWebhook | ClosedWebhook>;

/** Reads webhooks as they stand now, and opens their secrets. @throws when the database fails */
export async function openDestinations(
  room: Pick<DeliveryRoom, 'ground' | 'secrets'>,
  ids: readonly IntegrationId[],
): Promise<Destinations> {
  const stored = (await findDestinations(room.ground.database, ids)).map((each) => ({
    ...each,
    read: readWebhookConfig(each.config),
  }));
  const wanted = stored.flatMap(({ tenantId, read }) =>
    read === undefined ? [] : { tenantId, names: secretsOf(read) },
  );
  const opened = await openSecrets(room.secrets, wanted);
  return new Map(stored.map((each) => [each.id, openOne(each, each.read, opened)]));
}

function openOne(
  { tenantId, disabled }: StoredDestination,
  config: WebhookConfig | undefined,
  opened: FindOpened,
): OpenWebhook | ClosedWebhook {
  if (disabled) return { kind: 'disabled' };
  return config === undefined ? { kind: 'unreadable' } : openWebhook(tenantId, config, opened);
}

/** A webhook with the secrets that were opened for it. */
export function openWebhook(
  tenantId: TenantId,
  config: WebhookConfig,
  opened: FindOpened,
): OpenWebhook | ClosedWebhook {
  const values = new Map<string, SigningSecret>();
  for (const name of secretsOf(config)) {
    const secret = opened(tenantId, name);
    if (secret.kind !== 'open') return { kind: `secret_${secret.kind}`, name };
    values.set(name, secret);
  }
  const secretCalled = (name: string | null | undefined) => (typeof name === 'string' ? values.get(name) : undefined);
  const names = templateSecrets(config);
  return {
    kind: 'open',
    config,
    accessToken: secretCalled(config.accessTokenRef)?.value,
    signing: secretCalled(config.secretRef),
    names,
    values: (name) => secretCalled(names.get(name))?.value,
    mask: createMasker([...values.values()].flatMap(({ value, previous }) => [value, previous ?? value])),
  };
}
