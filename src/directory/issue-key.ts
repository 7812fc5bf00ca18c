import { notFound } from '../model/error.ts';
import type { Ground } from '../store/ground.ts';
import { userByUsername } from '../store/users.ts';
import { newApiKey } from './api-key-text.ts';
import { makeApiKey } from './make-api-key.ts';
import { recordApiKey } from './record-api-key.ts';

/**
 * Makes a new API key for a user who lost theirs, asked for at the machine itself. Older keys stay valid.
 *
 * @returns the key
 * @throws TriplineError not_found
 */
export async function issueKey(ground: Pick<Ground, 'database' | 'clock'>, username: string): Promise<string> {
  const user = await userByUsername(ground.database, username);
  const tenantId = user?.entityId ?? user?.serviceOf;
  if (user === undefined || tenantId == null) throw notFound(`user '${username}' not found`);
  const key = newApiKey();
  const now = ground.clock.now();
  await ground.database.transaction(async (tx) => {
    const made = await makeApiKey(tx, { userId: user.id, key, description: null }, now);
    const system = 'made by a command on the server';
    await recordApiKey(tx, { system }, 'api_key.created', { tenantId, key: made, now });
  });
  return key;
}
