import { backtestLimits } from '../engine/backtest-limits.ts';
import { NO_REPORT } from '../engine/backtest-report.ts';
import { invalid, notFound } from '../model/error.ts';
import type { AutomationId, TenantId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import {
  type BacktestKey,
  backtestByKey,
  endBacktest,
  insertBacktest,
  removeBacktestsBefore,
  type StoredBacktest,
} from '../store/backtests.ts';
import type { Queryable } from '../store/database.ts';
import type { Ground } from '../store/ground.ts';
import type { Backtests } from './backtests.ts';
import { type DraftInput, type ReadyDraft, requireDraft } from './require-draft.ts';
import type { BacktestTask } from './run-backtest.ts';
import { territoriesOf, watchedCollection } from './territories.ts';

const DAY_MS = 24 * 3_600_000;
const DEFAULT_DAYS = 30;
const MOST_DAYS = 366;
/** So long a result can be read. */
const KEPT_MS = DAY_MS;
/** A thread that has not been heard of for longer is gone, with its node. */
const SILENT_MS = 60_000;

/** What is to be backtested; a range that is left out is the last 30 days; none ends later than now. */
export interface BacktestInput extends DraftInput {
  /** A saved automation that it is; `null` for a draft. */
  readonly automationId: AutomationId | null;
  readonly from: number | null;
  readonly to: number | null;
}

/** What the deeds on backtests stand on. */
export interface BacktestRoom {
  readonly ground: Ground;
  readonly backtests: Backtests;
}

/**
 * Begins to evaluate an automation, saved or not, over what is stored of the past. It looks at what the viewer may see
 * at this moment, and only they can read it.
 *
 * @throws TriplineError invalid for scope, event or range, overloaded when the node has no room
 */
export async function startBacktest(
  { ground, backtests }: BacktestRoom,
  viewer: Viewer,
  input: BacktestInput,
): Promise<StoredBacktest> {
  const { database, clock, ids } = ground;
  const now = clock.now();
  const range = rangeOf(input, now);
  const draft = await requireDraft(database, viewer, input);
  const task = { ...(await taskOf(database, viewer, draft, input)), ...range };
  const key: BacktestKey = { tenantId: draft.scope.tenantId, backtestId: ids.next(now) };
  const asked = { ...range, limits: backtestLimits(draft.automation) };
  const { userId } = viewer;
  const { automationId } = input;
  await backtests.start(key, task, async () => {
    await removeBacktestsBefore(database, key.tenantId, now - KEPT_MS);
    await insertBacktest(database, { ...key, userId, automationId, asked, report: NO_REPORT }, now);
  });
  return requireBacktest(ground, viewer, key.tenantId, key.backtestId);
}

/** A backtest that the viewer started. @throws TriplineError not_found */
export async function requireBacktest(
  { database, clock }: Pick<Ground, 'database' | 'clock'>,
  viewer: Viewer,
  tenantId: TenantId,
  backtestId: string,
): Promise<StoredBacktest> {
  const found = await backtestByKey(database, { tenantId, backtestId });
  if (found === undefined || found.userId !== viewer.userId) {
    throw notFound(`backtest ${backtestId} not found: they are kept for a day, for whoever started them`);
  }
  const isLost = found.status === 'running' && clock.now() - found.beatAt > SILENT_MS;
  return isLost ? { ...found, status: 'failed', error: 'its node has stopped: start it again' } : found;
}

/** Ends a backtest early; what it found until then stays. @throws TriplineError not_found */
export async function cancelBacktest(
  { ground, backtests }: BacktestRoom,
  viewer: Viewer,
  tenantId: TenantId,
  backtestId: string,
): Promise<void> {
  const found = await requireBacktest(ground, viewer, tenantId, backtestId);
  await endBacktest(ground.database, found, { status: 'cancelled' }, ground.clock.now());
  await backtests.kill(found);
}

function rangeOf({ from, to }: BacktestInput, now: number): { readonly from: number; readonly to: number } {
  const end = Math.min(to ?? now, now);
  const range = { from: from ?? end - DEFAULT_DAYS * DAY_MS, to: end };
  if (range.from >= range.to) throw invalid('the range must begin before it ends, and in the past', 'from');
  if (range.to - range.from <= MOST_DAYS * DAY_MS) return range;
  throw invalid(`the range may have ${MOST_DAYS} days`, 'from');
}

async function taskOf(
  database: Queryable,
  viewer: Viewer,
  { scope, automation }: ReadyDraft,
  { event, options }: DraftInput,
): Promise<Omit<BacktestTask, 'from' | 'to'>> {
  const territories = await territoriesOf(database, viewer, scope);
  const { tenantId, rootId } = scope;
  const collection = await watchedCollection(database, scope);
  const asked = options === undefined ? {} : { options };
  return { tenantId, rootId, scope: automation.scope, event, ...asked, territories, collection };
}
