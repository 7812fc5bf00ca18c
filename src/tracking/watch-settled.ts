import type { LiveAutomation } from '../engine/automation.ts';
import type { RunState } from '../events/run-state.ts';
import { runFacts } from '../events/run-subject.ts';
import { matches } from '../filter/match.ts';
import type { RunId } from '../model/ids.ts';
import { reportedState } from '../model/run-state.ts';
import { captureRun } from '../store/capture-run.ts';
import type { Transaction } from '../store/database.ts';
import { type DeadlineKey, isDue, leaseDueDeadlines, removeDeadline } from '../store/deadlines.ts';
import { findLatches, type Latch } from '../store/latches.ts';
import { lockRunHead, type RunHead } from '../store/run-heads.ts';
import { findRunSubject } from '../store/run-subjects.ts';
import { aboutRun, Caused } from './caused.ts';
import type { LatchMove } from './latch-moves.ts';
import { meterFirings } from './meter-firings.ts';
import type { TrackingRoom } from './room.ts';
import { RunLatches } from './run-latches.ts';
import { saveFirings } from './save-firings.ts';

const AT_ONCE = 100;

/**
 * Fires what waited for runs to stay in a state, and they did: each change of state takes the deadlines of the one
 * before away, so one that is left has held. One node of several does so: the deadline is leased, and the run's lock
 * decides.
 *
 * @returns how many were looked at
 */
export async function watchSettled(room: TrackingRoom): Promise<number> {
  const due = await leaseDueDeadlines(room.ground.database, 'settle', room.ground.clock.now(), AT_ONCE);
  for (const deadline of due) await lookAt(room, deadline);
  return due.length;
}

async function lookAt(room: TrackingRoom, deadline: DeadlineKey): Promise<void> {
  const destinations = await room.ground.database.transaction(async (tx) => {
    const head = await lockRunHead(tx, { tenantId: deadline.tenantId, runId: deadline.subjectId as RunId });
    // the state may have changed before the lock
    if (head !== undefined && !(await isDue(tx, deadline, room.ground.clock.now()))) return [];
    const caused = new Caused(room.ground);
    const automation = head && (await waitingFor(room, tx, head, deadline));
    const moves = head && automation ? await settle(room, tx, head, automation, caused) : [];
    const { events, executions, destinations } = caused;
    const fired = await meterFirings(room, tx, { events, executions, moves });
    await Promise.all([removeDeadline(tx, deadline), saveFirings(room, tx, fired)]);
    return destinations;
  });
  room.woken(destinations);
}

/** The automation that waited, as it is now; `undefined` when it waits for this state no more. */
async function waitingFor(
  room: TrackingRoom,
  tx: Transaction,
  head: RunHead,
  { automationId }: DeadlineKey,
): Promise<LiveAutomation<RunState> | undefined> {
  const state = reportedState(head.state);
  if (state === undefined) return undefined;
  const plan = await room.rulebooks.planFor(tx, head);
  return plan.entering(state).find(({ id }) => id === automationId);
}

/** Adds the event of a state that has held, if the run is one that the automation is about and its policy lets it. */
async function settle(
  room: TrackingRoom,
  tx: Transaction,
  head: RunHead,
  automation: LiveAutomation<RunState>,
  caused: Caused,
): Promise<readonly LatchMove[]> {
  const [subject, stored] = await Promise.all([findRunSubject(tx, head), findLatches(tx, [head])]);
  if (subject === undefined) throw new Error(`run ${head.runId} has a head and no record`);
  const run = captureRun(room, subject, head);
  const state = reportedState(head.state);
  const latches = new RunLatches(head, stored, caused.now);
  if (state === undefined || !matches(automation.filter, runFacts(run))) return [];
  if (isToldAlready(head, latches.stored.get(automation.id))) return [];
  if (latches.holds(automation)) {
    const explanation = { state: head.state, heldForSeconds: automation.settleSeconds };
    const captured = { type: 'RUN_STATE', run, state, exactState: head.state } as const;
    latches.fired(automation, caused.add(aboutRun(head), captured, [{ automation, explanation }]));
  }
  return latches.moves;
}

/** A run that flaps is told as failed once until it is started again (automations, section 2.7). */
function isToldAlready({ state, failedAt }: RunHead, latch: Latch | undefined): boolean {
  if (state !== 'failed' && state !== 'crashed') return false;
  const firedAt = latch?.lastFiredAt ?? null;
  return failedAt !== null && firedAt !== null && firedAt >= failedAt;
}
