import { permits } from '../access/permits.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Ground } from '../store/ground.ts';
import { type Secret, listSecrets as secretPage } from '../store/secrets.ts';
import type { EntityPlace } from './find-entity.ts';

/**
 * Secrets of an entity by name, never their values: one more than `limit` when there is a next page. Who may not
 * see their names is shown none; the automations that depend on them are shown to those who manage secrets only, since
 * members may not see every project.
 */
export async function listSecrets(
  ground: Pick<Ground, 'database'>,
  viewer: Viewer,
  entity: EntityPlace,
  page: { readonly after: string | null; readonly limit: number },
): Promise<Secret[]> {
  if (!permits(viewer, 'see_integrations', entity)) return [];
  const rows = await secretPage(ground.database, {
    tenantId: entity.tenantId,
    after: page.after,
    limit: page.limit + 1,
  });
  return permits(viewer, 'manage_integrations', entity) ? rows : rows.map((row) => ({ ...row, automations: [] }));
}
