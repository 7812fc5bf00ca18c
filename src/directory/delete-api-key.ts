import { notFound } from '../model/error.ts';
import type { ApiKeyId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import { removeApiKey } from '../store/api-keys.ts';
import type { Ground } from '../store/ground.ts';
import { identityChanged } from './identity-changes.ts';
import { recordApiKey } from './record-api-key.ts';

/** Deletes a key of the viewer, also the one they came with. @throws TriplineError not_found */
export async function deleteApiKey(ground: Ground, viewer: Viewer, id: ApiKeyId): Promise<void> {
  await ground.database.transaction(async (tx) => {
    const key = await removeApiKey(tx, viewer.userId, id);
    if (key === undefined) throw notFound('API key not found');
    await recordApiKey(tx, viewer, 'api_key.deleted', { tenantId: viewer.entityId, key, now: ground.clock.now() });
  });
  identityChanged(ground.database);
}
