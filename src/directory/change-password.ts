import { forbidden, invalid } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { recordDeed } from '../store/audit.ts';
import type { Ground } from '../store/ground.ts';
import { removeSessionsOf } from '../store/sessions.ts';
import { lockCredentials, updatePassword } from '../store/users.ts';
import { identityChanged } from './identity-changes.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { recordRefusal } from './record-refusal.ts';
import { countAttempt } from './sign-in-limits.ts';

/**
 * Sets the viewer's password; their other sessions end. Who has one must know it: an open browser, or a key that leaked,
 * is not enough.
 *
 * @throws TriplineError invalid, forbidden for service accounts, overloaded after too many failures
 */
export async function changePassword(
  ground: Ground,
  viewer: Viewer,
  { current, next }: { readonly current: string | null; readonly next: string },
): Promise<void> {
  if (viewer.serviceOf !== undefined) throw forbidden('service accounts have keys, no passwords');
  const passwordHash = await hashPassword(next);
  const outcome = await countAttempt(ground, viewer.userId, viewer.origin?.address ?? '');
  if (outcome.refusal !== undefined) throw outcome.refusal;
  const right = await ground.database.transaction(async (tx) => {
    const credentials = await lockCredentials(tx, viewer.userId);
    if (credentials === undefined) throw forbidden('you were deleted');
    const stored = credentials.passwordHash;
    if (stored !== null && !(await verifyPassword(current ?? '', stored))) return false;
    await updatePassword(tx, viewer.userId, passwordHash);
    const others = await removeSessionsOf(tx, viewer.userId, viewer.session ?? null);
    await recordDeed(tx, viewer, {
      now: ground.clock.now(),
      tenantId: viewer.entityId,
      deed: 'user.password_changed',
      subject: { kind: 'user', id: viewer.userId, name: viewer.username },
      before: { password: stored !== null },
      after: { password: true, sessionsEnded: others },
    });
    return true;
  });
  if (!right) await refuse(ground, viewer);
  await outcome.forgive();
  identityChanged(ground.database);
}

async function refuse(ground: Ground, viewer: Viewer): Promise<never> {
  const account = { id: viewer.userId, username: viewer.username, entityId: viewer.entityId };
  const origin = viewer.origin ?? { address: null, userAgent: null, apiKey: null };
  await recordRefusal(ground, account, 'wrong password, given to change it', origin);
  throw invalid('the current password is wrong', 'currentPassword');
}
