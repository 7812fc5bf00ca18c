import { permits } from '../access/permits.ts';
import type { IntegrationId, TenantId } from '../model/ids.ts';
import type { Place, Viewer } from '../model/viewer.ts';
import { type AlertUse, alertsUsing } from '../store/alert-routes.ts';
import { automationsUsing, type ListedAutomation, placeOfAutomation } from '../store/automation-lists.ts';
import type { Queryable } from '../store/database.ts';

/** What delivers to an integration. */
export interface IntegrationUsage {
  readonly automations: readonly ListedAutomation[];
  readonly alerts: readonly AlertUse[];
  /** What of it the viewer may see: the rest may be of other organizations. */
  readonly seen: Pick<IntegrationUsage, 'automations' | 'alerts'>;
  /** How many automations and alerts the viewer may not see. */
  readonly hidden: number;
}

export async function integrationUsage(
  database: Queryable,
  viewer: Viewer,
  id: IntegrationId,
): Promise<IntegrationUsage> {
  const [automations, alerts] = await Promise.all([automationsUsing(database, id), alertsUsing(database, id)]);
  const seen = {
    automations: automations.filter((automation) => permits(viewer, 'see', placeOfAutomation(automation))),
    alerts: alerts.filter((alert) => permits(viewer, 'see_integrations', placeOfAlert(alert))),
  };
  const hidden = automations.length + alerts.length - seen.automations.length - seen.alerts.length;
  return { automations, alerts, seen, hidden };
}

function placeOfAlert({ entityId, rootId }: AlertUse): Place {
  return { tenantId: entityId as TenantId, rootId, visibility: undefined };
}
