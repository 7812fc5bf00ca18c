import type { Viewer } from '../model/viewer.ts';
import type { ApiKey } from '../store/api-keys.ts';
import type { Ground } from '../store/ground.ts';
import { newApiKey } from './api-key-text.ts';
import { makeApiKey } from './make-api-key.ts';
import { recordApiKey } from './record-api-key.ts';

/** A key that was just made: the only moment at which it can be shown. */
export interface FreshApiKey extends ApiKey {
  readonly key: string;
}

/** Gives the viewer one more API key. */
export async function createApiKey(ground: Ground, viewer: Viewer, description: string | null): Promise<FreshApiKey> {
  const key = newApiKey();
  const spec = { userId: viewer.userId, key, description };
  const now = ground.clock.now();
  const made = await ground.database.transaction(async (tx) => {
    const fresh = await makeApiKey(tx, spec, now);
    await recordApiKey(tx, viewer, 'api_key.created', { tenantId: viewer.entityId, key: fresh, now });
    return fresh;
  });
  return { ...made, key };
}
