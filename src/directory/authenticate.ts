import { strongerRole } from '../access/registry-role-at.ts';
import type { EntityId, ProjectId, UserId } from '../model/ids.ts';
import type { RegistryRole, Role, Viewer } from '../model/viewer.ts';
import type { KeyOwner } from '../store/api-keys.ts';
import { ownerById, ownerOfKey } from '../store/api-keys.ts';
import type { Database } from '../store/database.ts';
import { hashApiKey } from './api-key-text.ts';
import { identityGeneration } from './identity-changes.ts';

/** Finds who a key belongs to; `undefined` for a key that nobody has. */
export type Authenticate = (apiKey: string) => Promise<Viewer | undefined>;

const VALID_MS = 2_000;
const MOST_ENTRIES = 10_000;

interface Entry {
  readonly viewer: Viewer;
  /** By this process's monotonic clock: what ends a cache entry is waiting, not the time of day. */
  readonly until: number;
  readonly generation: number;
}

/** Authentication with a small cache: changes made by this node count at once, those of other nodes within 2 s. */
export function createAuthenticator(database: Database): Authenticate {
  const cache = new Map<string, Entry>();
  return async (apiKey) => {
    const hash = hashApiKey(apiKey);
    const generation = identityGeneration(database);
    const cached = cache.get(hash);
    if (cached !== undefined && cached.generation === generation && performance.now() < cached.until) {
      return cached.viewer;
    }
    const owner = await ownerOfKey(database, Buffer.from(hash, 'base64'));
    if (owner === undefined) {
      cache.delete(hash);
      return undefined;
    }
    if (cache.size >= MOST_ENTRIES) cache.clear();
    const viewer = viewerOf(owner);
    cache.set(hash, { viewer, until: performance.now() + VALID_MS, generation });
    return viewer;
  };
}

/** A user as the viewer of a request that carries no key; `undefined` when there is none of that id. */
export async function viewerById(database: Database, id: UserId): Promise<Viewer | undefined> {
  const owner = await ownerById(database, id);
  return owner && viewerOf(owner);
}

/** An owner with their roles as the viewer of a request. */
export function viewerOf(owner: KeyOwner): Viewer {
  return {
    userId: owner.userId,
    username: owner.username,
    email: owner.email ?? undefined,
    admin: owner.admin,
    entityId: owner.entityId,
    defaultEntity: owner.defaultEntity,
    roles: new Map<EntityId, Role>(owner.roles.map(({ entityId, role }) => [entityId, role])),
    serviceOf: owner.serviceOf ?? undefined,
    registryRoles: strongestOf(owner.registryRoles),
    ...(owner.apiKey && { origin: { address: null, userAgent: null, apiKey: owner.apiKey } }),
  };
}

function strongestOf(given: KeyOwner['registryRoles']): Viewer['registryRoles'] {
  const roles = new Map<ProjectId, RegistryRole>();
  for (const { projectId, role } of given) {
    const stronger = strongerRole(role, roles.get(projectId));
    if (stronger !== undefined) roles.set(projectId, stronger);
  }
  return roles;
}
