import type { z } from 'zod';
import { mayManage } from '../../automations/may-manage.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { ListedAutomation } from '../../store/automation-lists.ts';
import type { Ground } from '../../store/ground.ts';
import { lastExecutions } from '../../store/last-executions.ts';
import { NO_RECENT, recentExecutions } from '../../store/recent-executions.ts';
import { type automation, toAutomation } from './automation-schemas.ts';

/** Automations as they are answered, with their last execution and how those of the last day went. */
export async function shownAutomations(
  { database, clock }: Ground,
  viewer: Viewer,
  rows: readonly ListedAutomation[],
): Promise<z.output<typeof automation>[]> {
  const ids = rows.map((row) => row.id);
  const [last, recent] = await Promise.all([
    lastExecutions(database, ids),
    recentExecutions(database, ids, clock.now()),
  ]);
  return rows.map((row) => {
    const beside = { last: last.get(row.id), lastDay: recent.get(row.id) ?? NO_RECENT };
    return toAutomation(row, { ...beside, mayManage: mayManage(viewer, row) });
  });
}

/** One of them. */
export async function shownAutomation(
  ground: Ground,
  viewer: Viewer,
  row: ListedAutomation,
): Promise<z.output<typeof automation>> {
  const [shown] = await shownAutomations(ground, viewer, [row]);
  if (shown === undefined) throw new Error('one automation was given and none came back');
  return shown;
}
