import type { Instant } from '../model/clock.ts';
import type { Answer } from '../model/exchange.ts';
import type { Viewer } from '../model/viewer.ts';
import { recordDeed } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import type { Integration } from '../store/integrations.ts';

/** Leaves an entry about a request that was sent to try an integration; what it said stays out. */
export async function recordTest(
  database: Database,
  viewer: Viewer,
  { id, name, kind, tenantId }: Integration,
  answer: Answer,
  now: Instant,
): Promise<void> {
  const word = kind === 'slack' ? 'slack_channel' : kind;
  const subject = { kind: word, id, name };
  const after = answer.kind === 'response' ? { status: answer.status } : { failed: true };
  await database.transaction((tx) => recordDeed(tx, viewer, { now, tenantId, deed: `${word}.tested`, subject, after }));
}
