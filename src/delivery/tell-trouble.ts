import type { Transaction } from '../store/database.ts';
import { integrationById } from '../store/integrations.ts';
import { tellAdmins } from '../store/notices.ts';
import type { IntegrationTrouble } from './judge-integrations.ts';
import type { DeliveryRoom } from './room.ts';

/**
 * Tells the admins of integrations that nothing is delivered to them any more; never through the integration that is
 * in trouble (automations, section 4.6).
 */
export async function tellTrouble(
  ground: DeliveryRoom['ground'],
  tx: Transaction,
  troubles: readonly IntegrationTrouble[],
): Promise<void> {
  for (const { integrationId, trouble, reason } of troubles) {
    const integration = await integrationById(tx, integrationId);
    if (integration === undefined) continue;
    const { id, kind, name, tenantId, entityName: entity } = integration;
    const captured = { type: 'INTEGRATION_TROUBLE', integration: { id, kind, name, entity }, trouble, reason } as const;
    await tellAdmins(ground, tx, { tenantId, subjectKind: 'integration', subjectId: id, captured }, id);
  }
}
