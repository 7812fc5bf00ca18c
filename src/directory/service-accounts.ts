import { notFound } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { type ApiKey, apiKeysOfMany, removeApiKeysOf } from '../store/api-keys.ts';
import type { Queryable, Transaction } from '../store/database.ts';
import { type Member, membersOf } from '../store/members.ts';
import { updateDisplayName } from '../store/service-accounts.ts';
import { removeUser, type User, userByUsername } from '../store/users.ts';
import { parseDescription } from './create-service-account.ts';
import type { EntityPlace } from './find-entity.ts';
import { identityChanged } from './identity-changes.ts';
import { recordServiceAccount } from './record-service-account.ts';
import type { SecretGround } from './save-secret.ts';
import { makeServiceKey } from './service-account-key.ts';
import { demandTeamAdmin } from './team-settings.ts';

/** A member that is a program, and what may be shown of its keys. */
export interface ServiceAccount extends Member {
  readonly keys: readonly ApiKey[];
}

/** The service accounts of a team, oldest first; for its admins. @throws TriplineError not_found, forbidden, invalid */
export async function listServiceAccounts(
  { database }: SecretGround,
  viewer: Viewer,
  team: EntityPlace,
): Promise<readonly ServiceAccount[]> {
  demandTeamAdmin(viewer, team);
  const accounts = (await membersOf(database, team.id)).filter(({ serviceOf }) => serviceOf === team.id);
  const keys = await apiKeysOfMany(
    database,
    accounts.map(({ userId }) => userId),
  );
  return accounts.map((account) => ({ ...account, keys: keys.filter(({ userId }) => userId === account.userId) }));
}

/**
 * Gives a service account another description. Its name and its keys stay.
 *
 * @throws TriplineError not_found, forbidden, invalid
 */
export async function describeServiceAccount(
  ground: SecretGround,
  viewer: Viewer,
  team: EntityPlace,
  username: string,
  text: string,
): Promise<string> {
  return edit(ground, viewer, team, username, async (tx, account) => {
    const description = parseDescription(text);
    await updateDisplayName(tx, account.id, description);
    await recordServiceAccount(tx, viewer, team, account, {
      now: ground.clock.now(),
      deed: 'service_account.changed',
      before: { description: account.displayName },
      after: { description },
    });
    return description;
  });
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
