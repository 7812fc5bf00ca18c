import assert from 'node:assert/strict';
import { createSecret } from '../src/directory/create-secret.ts';
import type { EntityPlace } from '../src/directory/find-entity.ts';
import { placeOf } from '../src/directory/find-entity.ts';
import type { Viewer } from '../src/model/viewer.ts';
import { masterKeyFrom } from '../src/secrets/master-key.ts';
import type { MasterKeys } from '../src/secrets/master-keys.ts';
import { type OpenedSecret, openSecrets, type SecretRoom } from '../src/secrets/open-secrets.ts';
import { openSecretRoom } from '../src/server/open-secret-room.ts';
import { openStage, type Stage } from './directory-stage.ts';
import type { DatabaseName } from './support/databases.ts';
import { settledMasters } from './support/master-keys.ts';

export const OLD_KEY = masterKeyFrom('the old master key of these tests');
export const NEW_KEY = masterKeyFrom('the new master key of these tests');

/** A node's way to open secrets, and what it told its operator. */
export interface OpeningNode {
  readonly room: SecretRoom;
  /** Entities whose secrets it could not open. */
  readonly locked: string[];
  open(entity: EntityPlace, name: string): Promise<OpenedSecret>;
}

export interface SecretStage extends Stage {
  readonly masters: MasterKeys;
  readonly clock: { passed: number };
  /** A team with an admin, a member and a view-only member. */
  people(): Promise<{ team: EntityPlace; admin: Viewer; member: Viewer; viewer: Viewer; stranger: Viewer }>;
  node(masters: MasterKeys): OpeningNode;
  create(viewer: Viewer, team: EntityPlace, name: string, value: string): ReturnType<typeof createSecret>;
}

export async function openSecretStage(name: DatabaseName): Promise<SecretStage> {
  const stage = await openStage(name);
  const { database } = stage.ground;
  const masters = await settledMasters(database, OLD_KEY);
  const clock = { passed: 0, now: () => Date.now() + clock.passed };
  return {
    ...stage,
    ground: { ...stage.ground, clock },
    masters,
    clock,
    people: async () => {
      const [admin, member, viewer, stranger] = await Promise.all(
        ['head', 'member', 'viewer', 'stranger'].map((word) => stage.user(word)),
      );
      assert.ok(admin && member && viewer && stranger);
      const { team } = await stage.team([
        { username: admin.username, role: 'admin' },
        { username: member.username, role: 'member' },
        { username: viewer.username, role: 'viewer' },
      ]);
      const again = ({ username }: Viewer) => stage.signIn(username);
      const [head, other, onlooker] = [await again(admin), await again(member), await again(viewer)];
      return { team: placeOf(team), admin: head, member: other, viewer: onlooker, stranger };
    },
    node: (known) => {
      const locked: string[] = [];
      const log = { error: (details: object) => locked.push(String((details as { entity?: string }).entity)) };
      const room = openSecretRoom({ database, clock }, known, log);
      const open = async ({ tenantId }: EntityPlace, secret: string) =>
        (await openSecrets(room, [{ tenantId, names: [secret] }]))(tenantId, secret);
      return { room, locked, open };
    },
    create: (viewer, team, secret, value) =>
      createSecret({ database, clock, masters }, viewer, team, { name: secret, value }),
  };
}
