import { demand } from '../access/demand.ts';
import { notFound } from '../model/error.ts';
import type { SecretAccessPatch } from '../model/secret-access.ts';
import type { Viewer } from '../model/viewer.ts';
import { recordChange } from '../store/audit.ts';
import type { Ground } from '../store/ground.ts';
import { changeAccess, type Secret, secretByName } from '../store/secrets.ts';
import type { EntityPlace } from './find-entity.ts';

/**
 * Changes which features may read a secret, from the next attempt on; for the entity's admins. What is absent stays.
 *
 * @throws TriplineError forbidden, not_found
 */
export async function changeSecretAccess(
  { database, clock }: Pick<Ground, 'database' | 'clock'>,
  viewer: Viewer,
  entity: EntityPlace,
  name: string,
  access: SecretAccessPatch,
): Promise<Secret> {
  demand(viewer, 'manage_integrations', entity, `entity '${entity.name}'`);
  const { tenantId } = entity;
  return database.transaction(async (tx) => {
    const before = await changeAccess(tx, { tenantId, name }, access);
    const secret = before && (await secretByName(tx, tenantId, name));
    if (secret === undefined) throw notFound(`secret '${name}' not found`);
    const subject = { kind: 'secret', id: name, name };
    const change = { before: { access: { ...before } }, after: { access: { ...secret.access } } };
    await recordChange(tx, viewer, { now: clock.now(), tenantId, deed: 'secret.access_changed', subject, ...change });
    return secret;
  });
}
