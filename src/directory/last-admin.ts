import { conflict } from '../model/error.ts';
import type { EntityId, UserId } from '../model/ids.ts';
import type { Transaction } from '../store/database.ts';
import { governedAloneBy } from '../store/members.ts';

/**
 * Refuses to take a user's role of an admin away where no other person is one: an entity, and with it the teams below
 * it. Their rows are locked until the transaction ends, so that two admins cannot remove each other.
 *
 * @throws TriplineError conflict
 */
export async function keepAnAdmin(
  tx: Transaction,
  entityIds: readonly EntityId[],
  { id, username }: { readonly id: UserId; readonly username: string },
): Promise<void> {
  const [name] = await governedAloneBy(tx, entityIds, id);
  if (name === undefined) return;
  throw conflict(`'${username}' is the last admin of '${name}': make another member an admin first`);
}
