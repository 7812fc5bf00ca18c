import { conflict, notFound } from '../model/error.ts';
import type { EntityId } from '../model/ids.ts';
import type { Role } from '../model/viewer.ts';
import type { Queryable } from '../store/database.ts';
import type { User } from '../store/users.ts';
import { userByUsername } from '../store/users.ts';

/** A user who is to have a role. */
export interface MemberInput {
  readonly username: string;
  readonly role: Role;
}

/**
 * The user of a member input.
 *
 * @param teamId the team whose service accounts may be meant too
 * @throws TriplineError not_found, conflict for another service account
 */
export async function memberUser(
  database: Queryable,
  { username }: Pick<MemberInput, 'username'>,
  teamId?: EntityId,
): Promise<User> {
  const user = await userByUsername(database, username);
  if (user === undefined) throw notFound(`user '${username}' not found`);
  if (user.serviceOf !== teamId) refuseServiceAccount(user);
  return user;
}

/** Refuses to have a service account join anything: it belongs to its team only. @throws TriplineError conflict */
export function refuseServiceAccount({ username, serviceOf }: User): void {
  if (serviceOf !== null) throw conflict(`'${username}' is a service account: it belongs to its team only`);
}
