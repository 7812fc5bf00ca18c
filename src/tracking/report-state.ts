import type { LiveAutomation } from '../engine/automation.ts';
import type { RunPlan } from '../engine/run-plan.ts';
import { topicOfState } from '../events/alert-topic.ts';
import type { CapturedRun } from '../events/run-subject.ts';
import { runFacts } from '../events/run-subject.ts';
import { matches } from '../filter/match.ts';
import type { IntegrationId } from '../model/ids.ts';
import { captureRun } from '../store/capture-run.ts';
import type { Transaction } from '../store/database.ts';
import { type DeadlineKey, removeDeadline, setDeadline } from '../store/deadlines.ts';
import { findLatches } from '../store/latches.ts';
import { type RunHead, type RunKey, saveRunHeads, tellRun } from '../store/run-heads.ts';
import { findRunSubject } from '../store/run-subjects.ts';
import { type AlertsFor, alertsOfTransitions } from './alerts.ts';
import { aboutRun, Caused } from './caused.ts';
import type { LatchMove } from './latch-moves.ts';
import { meterFirings } from './meter-firings.ts';
import type { TrackingRoom } from './room.ts';
import { RunLatches } from './run-latches.ts';
import { HEARTBEAT_TIMEOUT_MS, type Moved, type Transition } from './run-transitions.ts';
import { saveFirings } from './save-firings.ts';
import { keepSettling, settlingAfter, settlingState } from './settling.ts';

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
  const isTold = moved.transitions.some((transition) => settlingState(transition) !== undefined);
  const plan = isTold ? await room.rulebooks.planFor(tx, moved.head) : undefined;
  const moves = plan === undefined ? [] : await reportMoved(room, tx, moved, plan, caused);
  const { events, executions } = caused;
  const fired = await meterFirings(room, tx, { events, executions, moves });
  tellRun(tx, moved.head, 'record');
  await Promise.all([
    saveRunHeads(tx, [moved.head]),
    keepDeadline(tx, before, moved.head),
    keepSettling(tx, settlingAfter(moved.head, moved.transitions, plan, caused.now)),
    saveFirings(room, tx, fired),
  ]);
  return caused.destinations;
}

/** Adds what a change of state causes at once; answers what it makes of latches. */
async function reportMoved(
  room: TrackingRoom,
  tx: Transaction,
  { head, transitions }: Moved,
  plan: RunPlan,
  caused: Caused,
): Promise<readonly LatchMove[]> {
  if (transitions.every(({ reports }) => reports === undefined)) return [];
  const [subject, stored] = await Promise.all([
    findRunSubject(tx, head),
    isLimited(plan, transitions) ? findLatches(tx, [head]) : [],
  ]);
  if (subject === undefined) throw new Error(`run ${head.runId} has a head and no record`);
  const alerts = await alertsOfTransitions(tx, head, subject.username, transitions);
  const latches = new RunLatches(head, stored, caused.now);
  reportTransitions(caused, head, captureRun(room, subject, head), { transitions, plan, alerts, latches });
  return latches.moves;
}

/** What a run went through, and who is to be told. */
export interface Reported {
  readonly transitions: readonly Transition[];
  readonly plan: RunPlan;
  readonly alerts: AlertsFor;
  /** Of the run; they take in what is fired. */
  readonly latches: RunLatches;
}

/** Whether an automation that is told of these has a policy, for which latches must be read. */
function isLimited(plan: RunPlan, transitions: readonly Transition[]): boolean {
  const watchers = transitions.flatMap(({ reports }) => (reports === undefined ? [] : plan.entering(reports)));
  return watchers.some(isLatched);
}

/** By default each change of a state fires, and nothing need be remembered of it. */
const isLatched = ({ policy }: LiveAutomation): boolean => policy.kind !== 'default';

/** Adds the event of each reported transition, with the automations it fires and the alerts it gives. */
export function reportTransitions(
  caused: Caused,
  head: RunHead,
  run: CapturedRun,
  { transitions, plan, alerts, latches }: Reported,
): void {
  for (const { to, reports } of transitions) {
    if (reports === undefined) continue;
    const then = { ...run, state: to };
    const fired = plan
      .entering(reports)
      .filter(({ settleSeconds, filter }) => settleSeconds === 0 && matches(filter, runFacts(then)))
      .filter((automation) => !isLatched(automation) || latches.holds(automation));
    const matched = fired.map((automation) => ({ automation, explanation: { state: to } }));
    const eventId = caused.add(aboutRun(head), { type: 'RUN_STATE', run: then, state: reports, exactState: to }, [
      ...matched,
      ...alerts(topicOfState(reports)),
    ]);
    for (const automation of fired.filter(isLatched)) latches.fired(automation, eventId);
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
