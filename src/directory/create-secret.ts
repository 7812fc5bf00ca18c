import { demand } from '../access/demand.ts';
import { conflict } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { insertSecret } from '../store/secrets.ts';
import type { EntityPlace } from './find-entity.ts';
import { type SavedSecret, type SecretGround, type SecretInput, saveSecret } from './save-secret.ts';
import { parseSecretName } from './secret-input.ts';

/** Gives an entity a secret; for its admins. @throws TriplineError forbidden, invalid, conflict when the name is taken */
export async function createSecret(
  ground: SecretGround,
  viewer: Viewer,
  entity: EntityPlace,
  input: SecretInput,
): Promise<SavedSecret> {
  demand(viewer, 'manage_integrations', entity, `entity '${entity.name}'`);
  const name = parseSecretName(input.name);
  return saveSecret(ground, viewer, entity, { name, value: input.value }, 'secret.created', async (tx, secret) => {
    if (await insertSecret(tx, secret)) return;
    throw conflict(`'${entity.name}' has a secret '${name}' already: rotate it, or choose another name`, 'name');
  });
}
