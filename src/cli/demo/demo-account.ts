import { newApiKey } from '../../directory/api-key-text.ts';
import { identityChanged } from '../../directory/identity-changes.ts';
import { makeApiKey } from '../../directory/make-api-key.ts';
import { makeUser } from '../../directory/make-user.ts';
import { removeApiKey } from '../../store/api-keys.ts';
import type { Ground } from '../../store/ground.ts';
import { userByUsername } from '../../store/users.ts';

/** The user in whose personal entity the demonstration runs; stays, with what was shown. */
export const DEMO_USER = 'demo';

export interface DemoAccount {
  readonly apiKey: string;
  /** The key is gone afterwards. */
  close(): Promise<void>;
}

/** Lends a key of user `demo`, who is made when there is none. */
export async function openDemoAccount(ground: Ground): Promise<DemoAccount> {
  const { database } = ground;
  const now = ground.clock.now();
  const spec = { username: DEMO_USER, email: null, admin: false, passwordHash: null };
  const user =
    (await userByUsername(database, DEMO_USER)) ?? (await database.transaction((tx) => makeUser(tx, spec, now)));
  const apiKey = newApiKey();
  const made = await makeApiKey(database, { userId: user.id, key: apiKey, description: 'demonstration' }, now);
  return {
    apiKey,
    close: async () => {
      await removeApiKey(database, user.id, made.id);
      identityChanged(database);
    },
  };
}
