import { demand } from '../access/demand.ts';
import { notFound } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { replaceSecret } from '../store/secrets.ts';
import type { EntityPlace } from './find-entity.ts';
import { type SavedSecret, type SecretGround, type SecretInput, saveSecret } from './save-secret.ts';
import { parseOverlap } from './secret-input.ts';

export interface Rotation extends SecretInput {
  /** How long signatures are made with the old value too: 0 to 72. */
  readonly overlapHours: number;
}

/**
 * Gives a secret another value; for the entity's admins. The old one stops at once, but for signatures while the
 * overlap lasts (automations, section 5).
 *
 * @throws TriplineError forbidden, invalid, not_found
 */
export async function rotateSecret(
  ground: SecretGround,
  viewer: Viewer,
  entity: EntityPlace,
  input: Rotation,
): Promise<SavedSecret> {
  demand(viewer, 'manage_integrations', entity, `entity '${entity.name}'`);
  const overlap = parseOverlap(input.overlapHours);
  return saveSecret(ground, viewer, entity, input, 'secret.rotated', async (tx, secret) => {
    const previousUntil = overlap === 0 ? null : secret.now + overlap;
    if (!(await replaceSecret(tx, { ...secret, previousUntil }))) throw notFound(`secret '${input.name}' not found`);
  });
}
