import type { Instant } from '../model/clock.ts';
import { conflict } from '../model/error.ts';
import type { EntityId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import { alertsInto } from '../store/alert-routes.ts';
import type { Edit } from '../store/automation-edits.ts';
import type { Transaction } from '../store/database.ts';
import { type RemovedAutomation, removeEntity } from '../store/removals.ts';
import { nextRulebookVersions } from '../store/rulebook.ts';
import { endAlerts } from './alert-settings.ts';

/**
 * Removes an entity and all under it, and ends that alerts of others go to its channels: for instance those of a member's
 * own runs.
 *
 * @returns the automations that went with it; `undefined` when it is gone already
 * @throws TriplineError conflict when somebody chose one of its channels at this moment
 */
export async function removeEntityAndAlerts(
  tx: Transaction,
  viewer: Viewer,
  entity: { readonly id: EntityId; readonly rootId: EntityId; readonly now: Instant },
): Promise<readonly RemovedAutomation[] | undefined> {
  const roots = (await alertsInto(tx, entity)).map(({ rootId }) => rootId);
  const rulebooks = await nextRulebookVersions(tx, [entity.rootId, ...roots]);
  const editOf = (rootId: EntityId): Edit => {
    const rulebookVersion = rulebooks.get(rootId);
    if (rulebookVersion !== undefined) return { rulebookVersion, by: viewer.userId, now: entity.now };
    throw conflict('somebody chose one of its channels for alerts at this moment: delete it again');
  };
  const removed = await removeEntity(tx, { ...entity, rulebookVersion: editOf(entity.rootId).rulebookVersion });
  if (removed === undefined) return undefined;
  const alerts = await alertsInto(tx, entity);
  await endAlerts(
    tx,
    viewer,
    alerts.map((alert) => ({ ...alert, edit: editOf(alert.rootId) })),
  );
  return removed;
}
