import { notFound } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { removeApiKeysOf } from '../store/api-keys.ts';
import type { Queryable, Transaction } from '../store/database.ts';
import { type Member, membersOf } from '../store/members.ts';
import { removeUser, type User, userByUsername } from '../store/users.ts';
import type { EntityPlace } from './find-entity.ts';
import { identityChanged } from './identity-changes.ts';
import { recordServiceAccount } from './record-service-account.ts';
import type { SecretGround } from './save-secret.ts';
import { makeServiceKey } from './service-account-key.ts';
import { demandTeamAdmin } from './team-settings.ts';

/** The service accounts of a team, oldest first; for its admins. @throws TriplineError not_found, forbidden, invalid */
export async function listServiceAccounts(
  { database }: SecretGround,
  viewer: Viewer,
  team: EntityPlace,
): Promise<readonly Member[]> {
  demandTeamAdmin(viewer, team);
  return (await membersOf(database, team.id)).filter(({ serviceOf }) => serviceOf === team.id);
}

/**
 * Gives a service account a new key; what is sent with its former ones is refused from now on.
 *
 * @returns the key
 * @throws TriplineError not_found, forbidden, invalid, unavailable when keys cannot be sealed
 */
export async function rotateServiceAccountKey(
  ground: SecretGround,
  viewer: Viewer,
  team: EntityPlace,
  username: string,
): Promise<string> {
  return edit(ground, viewer, team, username, async (tx, account) => {
    const now = ground.clock.now();
    await removeApiKeysOf(tx, account.id);
    const key = await makeServiceKey(tx, ground, viewer, { userId: account.id, teamId: team.id }, now);
    await recordServiceAccount(tx, viewer, team, account, { now, deed: 'service_account.key_rotated' });
    return key;
  });
}

/**
 * Deletes a service account; what is sent with its keys is refused from now on. What it made stays.
 *
 * @throws TriplineError not_found, forbidden, invalid
 */
export async function deleteServiceAccount(
  ground: SecretGround,
  viewer: Viewer,
  team: EntityPlace,
  username: string,
): Promise<void> {
  await edit(ground, viewer, team, username, async (tx, account) => {
    const now = ground.clock.now();
    await removeUser(tx, account.id, now);
    const before = { description: account.displayName };
    await recordServiceAccount(tx, viewer, team, account, { now, deed: 'service_account.deleted', before });
  });
}

async function edit<Result>(
  { database }: SecretGround,
  viewer: Viewer,
  team: EntityPlace,
  username: string,
  work: (tx: Transaction, account: User) => Promise<Result>,
): Promise<Result> {
  demandTeamAdmin(viewer, team);
  const result = await database.transaction(async (tx) => work(tx, await requireAccount(tx, team, username)));
  identityChanged(database);
  return result;
}

async function requireAccount(database: Queryable, team: EntityPlace, username: string): Promise<User> {
  const user = await userByUsername(database, username);
  if (user?.serviceOf !== team.id) throw notFound(`team '${team.name}' has no service account '${username}'`);
  return user;
}
