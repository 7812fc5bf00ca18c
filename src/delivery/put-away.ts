import { asId, type TenantId } from '../model/ids.ts';
import { type DeadlineKey, ensureDeadline, leaseDueDeadlines, setDeadline } from '../store/deadlines.ts';
import { type ExecutionRetention, type PutAway, putAwayExecutions } from '../store/execution-retention.ts';
import type { Ground } from '../store/ground.ts';

/** Of the whole installation. */
const DEADLINE: DeadlineKey = { tenantId: asId<TenantId>('0'), kind: 'retention', subjectId: '0' };
const DAY_MS = 86_400_000;

/** Has executions put away from now on, if no node had it before. */
export function beginRetention({ database, clock }: Pick<Ground, 'database' | 'clock'>): Promise<void> {
  return ensureDeadline(database, DEADLINE, clock.now());
}

/**
 * Puts away executions once a day, whichever node comes first; one that dies in the middle has changed nothing, and
 * another begins anew.
 *
 * @returns `undefined` when it is not due, or another node is at it
 */
export async function putAwayDue(
  { database, clock }: Pick<Ground, 'database' | 'clock'>,
  retention: ExecutionRetention,
): Promise<PutAway | undefined> {
  const [due] = await leaseDueDeadlines(database, 'retention', clock.now(), 1);
  if (due === undefined) return undefined;
  const done = await database.transaction((tx) => putAwayExecutions(tx, retention, clock.now()));
  if (done !== undefined) await setDeadline(database, due, clock.now() + DAY_MS);
  return done;
}
