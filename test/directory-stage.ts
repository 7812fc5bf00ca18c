import assert from 'node:assert/strict';
import { createAuthenticator } from '../src/directory/authenticate.ts';
import { createOrganization } from '../src/directory/create-organization.ts';
import { createTeam } from '../src/directory/create-team.ts';
import { createUser } from '../src/directory/create-user.ts';
import { ensureFirstAdmin } from '../src/directory/ensure-first-admin.ts';
import type { EntityPlace } from '../src/directory/find-entity.ts';
import type { MemberInput } from '../src/directory/member-input.ts';
import { requireOrganization } from '../src/directory/require-entity.ts';
import { type RefusalCode, TriplineError } from '../src/model/error.ts';
import type { Viewer } from '../src/model/viewer.ts';
import type { Entity } from '../src/store/entities.ts';
import { type FreshGround, freshGround } from './directory-database.ts';
import type { DatabaseName } from './support/databases.ts';

export const ADMIN_KEY = 'the-first-admin-key-of-an-automated-install';

/** A ground with its first admin, and short ways to make people and teams. */
export interface Stage extends FreshGround {
  readonly admin: Viewer;
  signIn(key: string): Promise<Viewer>;
  /** A user whose key is their name. */
  user(word: string): Promise<Viewer>;
  /** A team in an organization of its own. */
  team(members: readonly MemberInput[]): Promise<{ organization: EntityPlace; team: Entity }>;
}

export async function openStage(name: DatabaseName): Promise<Stage> {
  const fresh = await freshGround(name);
  const { ground } = fresh;
  await ensureFirstAdmin(ground, { adminApiKey: ADMIN_KEY });
  const signIn = async (key: string): Promise<Viewer> => {
    const viewer = await createAuthenticator(ground.database)(key);
    assert.ok(viewer, 'the key is somebody’s');
    return viewer;
  };
  const admin = await signIn(ADMIN_KEY);
  return {
    ...fresh,
    admin,
    signIn,
    user: async (word) => {
      const username = longName(word);
      await createUser(ground, admin, { username, apiKey: username });
      return signIn(username);
    },
    team: async (members) => {
      const made = await createOrganization(ground, admin, { name: longName('org'), members: [] });
      const organization = await requireOrganization(ground, admin, made.name);
      return { organization, team: await createTeam(ground, admin, organization, { name: longName('team'), members }) };
    },
  };
}

let counter = 0;

/** A name that is long enough to be a key too: the client's own suite makes such users. */
export function longName(word: string): string {
  counter += 1;
  return `${word}-${String(counter).padStart(45, '0')}`;
}

/** Holds that an error is this refusal. */
export function refusal(code: RefusalCode, message?: RegExp): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof TriplineError, String(error));
    assert.equal(error.code, code);
    if (message) assert.match(error.message, message);
    return true;
  };
}
