import type { Instant } from '../model/clock.ts';
import { conflict } from '../model/error.ts';
import type { Transaction } from '../store/database.ts';
import { insertRootEntity } from '../store/entities.ts';
import { lockEmail } from '../store/invites.ts';
import { setMember } from '../store/members.ts';
import type { User } from '../store/users.ts';
import { insertUser } from '../store/users.ts';
import { acceptInvites } from './invites.ts';

export interface UserSpec {
  readonly username: string;
  readonly email: string | null;
  readonly admin: boolean;
  readonly passwordHash: string | null;
}

/**
 * Makes a user and the personal entity of the same name, of which they are the admin. They become a member wherever
 * their email was invited.
 *
 * @throws TriplineError conflict
 */
export async function makeUser(tx: Transaction, spec: UserSpec, now: Instant): Promise<User> {
  if (spec.email !== null) await lockEmail(tx, spec.email);
  const entity = await insertRootEntity(tx, { kind: 'personal', name: spec.username, now });
  if (entity === undefined) throw conflict(`the name '${spec.username}' is taken by a user, team or organization`);
  const user = await insertUser(tx, { ...spec, entityId: entity.id, now });
  if (user === undefined) {
    throw conflict(`the username '${spec.username}' or the email address '${spec.email}' belongs to another user`);
  }
  await setMember(tx, { entityId: entity.id, userId: user.id, role: 'admin', now });
  if (spec.email !== null) await acceptInvites(tx, user, spec.email, now);
  return user;
}
