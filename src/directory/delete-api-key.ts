import { notFound } from '../model/error.ts';
import type { ApiKeyId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import { removeApiKey } from '../store/api-keys.ts';
import type { Ground } from '../store/ground.ts';
import { identityChanged } from './identity-changes.ts';

/** Deletes a key of the viewer, also the one they came with. @throws TriplineError not_found */
export async function deleteApiKey(ground: Ground, viewer: Viewer, id: ApiKeyId): Promise<void> {
  if (!(await removeApiKey(ground.database, viewer.userId, id))) throw notFound('API key not found');
  identityChanged(ground.database);
}
