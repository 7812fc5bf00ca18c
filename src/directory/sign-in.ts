import type { Origin } from '../model/audit.ts';
import { forbidden, TriplineError } from '../model/error.ts';
import { type ApiKeyId, asId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import { recordDeed } from '../store/audit.ts';
import type { Ground } from '../store/ground.ts';
import { insertSession, type Session } from '../store/sessions.ts';
import { credentialsNamed } from '../store/users.ts';
import type { Authenticate } from './authenticate.ts';
import { viewerById } from './authenticate.ts';
import { verifyPassword } from './password.ts';
import { recordRefusal } from './record-refusal.ts';
import { expiryOf, hashSessionToken, newSessionToken } from './session-life.ts';
import { type CountedAttempt, countAttempt } from './sign-in-limits.ts';

/** A session that has just begun: the only moment at which its token is known. */
export interface FreshSession {
  readonly session: Session;
  readonly token: string;
  readonly viewer: Viewer;
}

/**
 * Begins a session for whoever knows the password of a user, who is named by username or email.
 *
 * @throws TriplineError unauthenticated, overloaded after too many failures
 */
export async function signInByPassword(
  ground: Ground,
  { username, password }: { readonly username: string; readonly password: string },
  origin: Origin,
): Promise<FreshSession> {
  const found = await credentialsNamed(ground.database, username);
  // one account under one count, whether it is named by username or email
  const attempt = await countAttempt(ground, found?.id ?? username, origin.address ?? '');
  await refuseOverLimit(ground, attempt, found, origin);
  const right = await verifyPassword(password, found?.passwordHash ?? null);
  const viewer = right && found !== undefined ? await viewerById(ground.database, found.id) : undefined;
  if (viewer === undefined) {
    await recordRefusal(ground, found, 'wrong user name or password', origin);
    throw new TriplineError('unauthenticated', 'wrong user name or password', { path: 'password' });
  }
  await attempt.forgive();
  return begin(ground, viewer, origin);
}

/**
 * Begins a session for the owner of an API key. It ends when the key is deleted.
 *
 * @throws TriplineError unauthenticated, forbidden for service accounts, overloaded after too many failures
 */
export async function signInByApiKey(
  ground: Ground,
  authenticate: Authenticate,
  key: string,
  origin: Origin,
): Promise<FreshSession> {
  const attempt = await countAttempt(ground, null, origin.address ?? '');
  await refuseOverLimit(ground, attempt, undefined, origin);
  const viewer = await authenticate(key);
  if (viewer === undefined) {
    await recordRefusal(ground, undefined, 'an API key that nobody has', origin);
    throw new TriplineError('unauthenticated', 'nobody has this API key', { path: 'apiKey' });
  }
  if (viewer.serviceOf !== undefined) throw forbidden('this is the key of a service account: only people sign in');
  await attempt.forgive();
  return begin(ground, viewer, { ...origin, apiKey: viewer.origin?.apiKey ?? null });
}

async function refuseOverLimit(
  ground: Ground,
  { refusal, first }: CountedAttempt,
  found: Parameters<typeof recordRefusal>[1],
  origin: Origin,
): Promise<void> {
  if (refusal === undefined) return;
  // once for a series: whoever goes on and on must not fill the log
  if (first) await recordRefusal(ground, found, 'too many attempts', origin);
  throw refusal;
}

async function begin({ database, clock }: Ground, viewer: Viewer, origin: Origin): Promise<FreshSession> {
  const token = newSessionToken();
  const now = clock.now();
  const apiKeyId = origin.apiKey === null ? null : asId<ApiKeyId>(origin.apiKey.id);
  const session = await database.transaction(async (tx) => {
    const { address, userAgent } = origin;
    const whose = { userId: viewer.userId, hash: hashSessionToken(token), apiKeyId, address, userAgent };
    const made = await insertSession(tx, { ...whose, createdAt: now, expiresAt: expiryOf(now, now) });
    if (made === undefined) throw new TriplineError('unauthenticated', 'this API key was deleted', { path: 'apiKey' });
    const subject = { kind: 'session', id: made.id, name: viewer.username };
    const after = { by: apiKeyId === null ? 'password' : 'API key' };
    const tenantId = viewer.entityId;
    await recordDeed(tx, { ...viewer, origin }, { now, tenantId, deed: 'session.began', subject, after });
    return made;
  });
  return { session, token, viewer: { ...viewer, session: session.id } };
}
