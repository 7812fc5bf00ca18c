import { demandInstanceAdmin } from '../access/demand.ts';
import { parseDirectoryName } from '../model/names.ts';
import type { Viewer } from '../model/viewer.ts';
import { INSTANCE, recordDeed } from '../store/audit.ts';
import type { Ground } from '../store/ground.ts';
import type { User } from '../store/users.ts';
import { parseApiKey } from './api-key-text.ts';
import { identityChanged } from './identity-changes.ts';
import { makeApiKey } from './make-api-key.ts';
import { makeUser } from './make-user.ts';
import { hashPassword } from './password.ts';

export interface UserInput {
  readonly username: string;
  readonly email?: string | undefined;
  readonly admin?: boolean | undefined;
  readonly password?: string | undefined;
  /** A key of the caller's choice: 40 or more printable characters. Without it the user has none yet. */
  readonly apiKey?: string | undefined;
}

/**
 * Creates a user with their personal entity; for instance admins.
 *
 * @throws TriplineError forbidden, invalid, conflict when the name, the email or the key is taken
 */
export async function createUser(ground: Ground, viewer: Viewer, input: UserInput): Promise<User> {
  demandInstanceAdmin(viewer);
  const key = input.apiKey === undefined ? undefined : parseApiKey(input.apiKey, 'apiKey');
  const spec = {
    username: parseDirectoryName(input.username, 'username'),
    email: input.email ?? null,
    admin: input.admin ?? false,
    passwordHash: input.password === undefined ? null : await hashPassword(input.password),
  };
  const now = ground.clock.now();
  const user = await ground.database.transaction(async (tx) => {
    const made = await makeUser(tx, spec, now);
    if (key !== undefined) await makeApiKey(tx, { userId: made.id, key, description: null }, now);
    const { username, email, admin } = made;
    const subject = { kind: 'user', id: made.id, name: username };
    const after = { username, email, admin, apiKey: key !== undefined, password: spec.passwordHash !== null };
    await recordDeed(tx, viewer, { now, tenantId: INSTANCE, deed: 'user.created', subject, after });
    return made;
  });
  identityChanged(ground.database);
  return user;
}
