import { randomBytes } from 'node:crypto';
import { conflict, invalid, notFound } from '../model/error.ts';
import { parseDirectoryName } from '../model/names.ts';
import type { Role, Viewer } from '../model/viewer.ts';
import type { Transaction } from '../store/database.ts';
import { lockEntity } from '../store/entities.ts';
import { insertServiceAccount } from '../store/service-accounts.ts';
import type { User } from '../store/users.ts';
import type { EntityPlace } from './find-entity.ts';
import { giveRole } from './give-role.ts';
import { identityChanged } from './identity-changes.ts';
import { recordServiceAccount } from './record-service-account.ts';
import type { SecretGround } from './save-secret.ts';
import { makeServiceKey } from './service-account-key.ts';
import { demandTeamAdmin } from './team-settings.ts';

/** Service accounts work: they never only view (automations, section 1.4). */
export const SERVICE_ROLES = ['member', 'admin'] as const satisfies readonly Role[];

export interface ServiceAccountInput {
  /** What people call it. */
  readonly description: string;
  readonly role: (typeof SERVICE_ROLES)[number];
}

export interface FreshServiceAccount {
  readonly account: User;
  readonly key: string;
}

const LONGEST_DESCRIPTION = 128;
const NOT_IN_NAMES = /[^A-Za-z0-9_.-]+/g;

/**
 * Makes a service account of a team with an API key; for the team's admins. It belongs to this team for ever.
 *
 * @throws TriplineError not_found, forbidden, invalid, unavailable when keys cannot be sealed
 */
export async function createServiceAccount(
  ground: SecretGround,
  viewer: Viewer,
  team: EntityPlace,
  input: ServiceAccountInput,
): Promise<FreshServiceAccount> {
  demandTeamAdmin(viewer, team);
  const displayName = parseDescription(input.description);
  const now = ground.clock.now();
  const made = await ground.database.transaction(async (tx) => {
    if ((await lockEntity(tx, team.id, 'shared')) === undefined) throw notFound(`team '${team.name}' not found`);
    const account = await insertNamed(tx, team, displayName, now);
    await giveRole(tx, team, { userId: account.id, role: input.role, now });
    const key = await makeServiceKey(tx, ground, viewer, { userId: account.id, teamId: team.id }, now);
    await recordServiceAccount(tx, viewer, team, account, {
      now,
      deed: 'service_account.created',
      after: { description: displayName, role: input.role },
    });
    return { account, key };
  });
  identityChanged(ground.database);
  return made;
}

/** What people call a service account. @throws TriplineError invalid */
export function parseDescription(text: string): string {
  const description = text.trim();
  if (description.length >= 1 && description.length <= LONGEST_DESCRIPTION) return description;
  throw invalid(`description must be 1 to ${LONGEST_DESCRIPTION} characters`, 'description');
}

/** Named by its team and description; of several that come to the same name, all but one have an ending. */
async function insertNamed(tx: Transaction, team: EntityPlace, displayName: string, now: number): Promise<User> {
  const name = `${team.name.slice(0, 28)}-${displayName.replaceAll(NOT_IN_NAMES, '-').slice(0, 27)}`;
  for (const username of [name, `${name}-${randomBytes(3).toString('hex')}`]) {
    const spec = { username: parseDirectoryName(username, 'description'), displayName, teamId: team.id, now };
    const account = await insertServiceAccount(tx, spec);
    if (account !== undefined) return account;
  }
  throw conflict(`'${name}' is taken: describe the service account in other words`);
}
