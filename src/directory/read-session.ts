import type { Instant } from '../model/clock.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Ground } from '../store/ground.ts';
import { ownerOfSession, renewSession, type Session } from '../store/sessions.ts';
import { viewerOf } from './authenticate.ts';
import { identityGeneration } from './identity-changes.ts';
import { expiryOf, hashSessionToken, isUseOld } from './session-life.ts';

/** Finds who is signed in, by the token in their cookie; `undefined` when the session ended or has expired. */
export type ReadSession = (token: string) => Promise<Viewer | undefined>;

const VALID_MS = 2_000;
const MOST_ENTRIES = 10_000;

interface Entry {
  readonly viewer: Viewer;
  /** By this process's monotonic clock. */
  readonly until: number;
  readonly expiresAt: Instant;
  readonly generation: number;
}

/** Reads sessions with the small cache of `createAuthenticator`: what this node ends counts at once. */
export function createSessionReader({ database, clock }: Pick<Ground, 'database' | 'clock'>): ReadSession {
  const cache = new Map<string, Entry>();
  return async (token) => {
    const hash = hashSessionToken(token);
    const name = hash.toString('base64');
    const generation = identityGeneration(database);
    const cached = cache.get(name);
    const now = clock.now();
    const fresh = cached !== undefined && cached.generation === generation && performance.now() < cached.until;
    if (fresh && now < cached.expiresAt) return cached.viewer;
    cache.delete(name);
    const found = await ownerOfSession(database, hash, now);
    if (found === undefined) return undefined;
    const { owner, session } = found;
    if (isUseOld(session.usedAt, now)) await noteUse(database, session, now);
    const viewer = { ...viewerOf(owner), session: session.id };
    if (cache.size >= MOST_ENTRIES) cache.clear();
    cache.set(name, { viewer, until: performance.now() + VALID_MS, expiresAt: session.expiresAt, generation });
    return viewer;
  };
}

function noteUse(database: Ground['database'], { id, createdAt }: Session, now: number): Promise<void> {
  return renewSession(database, id, { now, expiresAt: expiryOf(createdAt, now) });
}
