import type { RunPlan } from '../engine/run-plan.ts';
import { topicOfState } from '../events/alert-topic.ts';
import type { CapturedRun } from '../events/run-subject.ts';
import { runFacts } from '../events/run-subject.ts';
import { matches } from '../filter/match.ts';
import type { IntegrationId } from '../model/ids.ts';
import { captureRun } from '../store/capture-run.ts';
import type { Transaction } from '../store/database.ts';
import { type DeadlineKey, removeDeadline, setDeadline } from '../store/deadlines.ts';
import { type RunHead, type RunKey, saveRunHeads } from '../store/run-heads.ts';
import { findRunSubject } from '../store/run-subjects.ts';
import { type AlertsFor, alertsOfTransitions } from './alerts.ts';
import { aboutRun, Caused } from './caused.ts';
import { meterFirings } from './meter-firings.ts';
import type { TrackingRoom } from './room.ts';
import { HEARTBEAT_TIMEOUT_MS, type Moved, type Transition } from './run-transitions.ts';
import { saveFirings } from './save-firings.ts';

/**
 * Saves a change of a run's state with the events it causes and what they fire, in the caller's transaction, which
 * holds the run's lock.
 *
 * @returns the destinations to wake after the commit
 */
export async function commitMoved(
  room: TrackingRoom,
  tx: Transaction,
  before: RunHead,
  moved: Moved,
): Promise<IntegrationId[]> {
  const caused = new Caused(room.ground);
  if (moved.transitions.some((transition) => transition.reports !== undefined)) {
    const plan = await room.rulebooks.planFor(tx, moved.head);
    const subject = await findRunSubject(tx, moved.head);
    if (subject === undefined) throw new Error(`run ${moved.head.runId} has a head and no record`);
    const alerts = await alertsOfTransitions(tx, moved.head, subject.username, moved.transitions);
    reportTransitions(caused, moved.head, captureRun(room, subject, moved.head), { ...moved, plan, alerts });
  }
  const { events, executions } = caused;
  const fired = await meterFirings(room, tx, { events, executions, latches: [] });
  await Promise.all([
    saveRunHeads(tx, [moved.head]),
    keepDeadline(tx, before, moved.head),
    saveFirings(room, tx, fired),
  ]);
  return caused.destinations;
}

/** What a run went through, and who is to be told. */
export interface Reported {
  readonly transitions: readonly Transition[];
  readonly plan: RunPlan;
  readonly alerts: AlertsFor;
}

/** Adds the event of each reported transition, with the automations it fires and the alerts it gives. */
export function reportTransitions(
  caused: Caused,
  head: RunHead,
  run: CapturedRun,
  { transitions, plan, alerts }: Reported,
): void {
  for (const { to, reports } of transitions) {
    if (reports === undefined) continue;
    const then = { ...run, state: to };
    const fired = plan.entering(reports).filter(({ filter }) => matches(filter, runFacts(then)));
    const matched = fired.map((automation) => ({ automation, explanation: { state: to } }));
    caused.add(aboutRun(head), { type: 'RUN_STATE', run: then, state: reports, exactState: to }, [
      ...matched,
      ...alerts(topicOfState(reports)),
    ]);
  }
}

/** A run that can fall silent has a deadline; one that has ended has none. */
export async function keepDeadline(tx: Transaction, before: RunHead, after: RunHead): Promise<void> {
  const watched = isWatched(after);
  if (watched && !isWatched(before)) {
    await setDeadline(tx, heartbeatDeadline(after), (after.heartbeatAt ?? 0) + HEARTBEAT_TIMEOUT_MS);
  }
  if (!watched && isWatched(before)) await removeDeadline(tx, heartbeatDeadline(after));
}

export function heartbeatDeadline(key: RunKey): DeadlineKey {
  return { tenantId: key.tenantId, kind: 'heartbeat', subjectId: key.runId };
}

function isWatched(head: RunHead): boolean {
  return head.state === 'running' || head.state === 'preempting';
}
