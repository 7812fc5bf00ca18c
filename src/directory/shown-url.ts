import { permits } from '../access/permits.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Integration } from '../store/integrations.ts';

/**
 * The address of a webhook as a viewer may see it: path and query may hold credentials, so only those who manage
 * integrations see them (automations, section 4.1).
 */
export function shownUrl(viewer: Viewer, integration: Pick<Integration, 'tenantId' | 'rootId' | 'config'>): string {
  const url = typeof integration.config.url === 'string' ? integration.config.url : '';
  const { tenantId, rootId } = integration;
  if (permits(viewer, 'manage_integrations', { tenantId, rootId, visibility: undefined })) return url;
  return originOf(url);
}

/** What of an address holds no credentials; empty where it is none. */
export function originOf(url: string): string {
  return URL.canParse(url) ? `${new URL(url).origin}/…` : '';
}
