import type { ExecutionKey } from '../src/model/execution-id.ts';
import type { AutomationId, IntegrationId } from '../src/model/ids.ts';
import { insertExecutions } from '../src/store/executions.ts';
import type { DeliveryScene } from '../test/delivery-scene.ts';

/** Webhooks that everything is delivered to. */
export const WEBHOOKS = 8;
export const UNLIMITED = 1_000_000;
const IN_A_TRANSACTION = 500;
const SECRET = 'SIGNING_KEY';

/** A webhook that signs, and an automation that fires it. */
export interface SignedWebhook {
  readonly integrationId: IntegrationId;
  readonly automationId: AutomationId;
}

/** Stores the key of all signatures: once for each scene. */
export function storeSigningKey(scene: DeliveryScene): Promise<void> {
  return scene.secret(SECRET, 'the key of all signatures');
}

export async function signedWebhook(scene: DeliveryScene, url: string): Promise<SignedWebhook> {
  const integrationId = await scene.webhook(url, { secretRef: SECRET });
  return { integrationId, automationId: await scene.automation(integrationId, null) };
}

/**
 * Webhooks to one address, with `count` executions that wait, shared alike.
 *
 * @param made told of each webhook before anything waits for it
 */
export async function filledQueue(
  scene: DeliveryScene,
  url: string,
  count: number,
  webhooks = WEBHOOKS,
  made: (id: IntegrationId) => Promise<unknown> = async () => {},
): Promise<SignedWebhook[]> {
  const filled: SignedWebhook[] = [];
  for (let webhook = 0; webhook < webhooks; webhook += 1) {
    const { integrationId, automationId } = await signedWebhook(scene, url);
    await made(integrationId);
    for (let left = count / webhooks; left > 0; left -= IN_A_TRANSACTION) {
      await scene.fireMany(automationId, integrationId, Math.min(left, IN_A_TRANSACTION));
    }
    filled.push({ integrationId, automationId });
  }
  return filled;
}

/** Fires so many events at once. @returns the executions, which are committed */
export async function fireNow(
  scene: DeliveryScene,
  { integrationId, automationId }: SignedWebhook,
  count: number,
): Promise<ExecutionKey[]> {
  const firings = scene.firings(automationId, integrationId, count);
  await scene.database.transaction((tx) => insertExecutions(tx, firings));
  return firings.events.map(({ tenantId, eventId }) => ({ tenantId, eventId, automationId, ask: 0 }));
}
