import type { Viewer } from '../model/viewer.ts';
import { type RecordedDeed, recordDeed } from '../store/audit.ts';
import type { Transaction } from '../store/database.ts';
import type { User } from '../store/users.ts';
import type { EntityPlace } from './find-entity.ts';

/** Leaves an entry about a service account in the log of its team. */
export function recordServiceAccount(
  tx: Transaction,
  viewer: Viewer,
  { tenantId }: EntityPlace,
  { id, username }: User,
  deed: Pick<RecordedDeed, 'now' | 'deed' | 'before' | 'after'>,
): Promise<void> {
  return recordDeed(tx, viewer, { ...deed, tenantId, subject: { kind: 'service_account', id, name: username } });
}
