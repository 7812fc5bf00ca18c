import { notFound } from '../model/error.ts';
import type { SessionId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import { recordDeed } from '../store/audit.ts';
import type { Ground } from '../store/ground.ts';
import { removeSession, removeSessionsOf } from '../store/sessions.ts';
import { identityChanged } from './identity-changes.ts';

/** Ends a session of the viewer, this one or another. @throws TriplineError not_found */
export async function endSession({ database, clock }: Ground, viewer: Viewer, id: SessionId): Promise<void> {
  await database.transaction(async (tx) => {
    const ended = await removeSession(tx, viewer.userId, id);
    if (ended === undefined) throw notFound('this session has ended already');
    const subject = { kind: 'session', id, name: viewer.username };
    const before = { address: ended.address, userAgent: ended.userAgent };
    const tenantId = viewer.entityId;
    await recordDeed(tx, viewer, { now: clock.now(), tenantId, deed: 'session.ended', subject, before });
  });
  identityChanged(database);
}

/** Signs the viewer out everywhere, here too. @returns how many sessions ended */
export async function endAllSessions({ database, clock }: Ground, viewer: Viewer): Promise<number> {
  const ended = await database.transaction(async (tx) => {
    const count = await removeSessionsOf(tx, viewer.userId, null);
    const subject = { kind: 'user', id: viewer.userId, name: viewer.username };
    const before = { sessions: count };
    const tenantId = viewer.entityId;
    await recordDeed(tx, viewer, { now: clock.now(), tenantId, deed: 'sessions.ended', subject, before });
    return count;
  });
  identityChanged(database);
  return ended;
}
