import { captureFiring } from '../engine/capture-firing.ts';
import type { RunPlan } from '../engine/run-plan.ts';
import type { RunWindows } from '../engine/run-windows.ts';
import type { Firing } from '../engine/series-fold.ts';
import type { CapturedRun } from '../events/run-subject.ts';
import type { Instant } from '../model/clock.ts';
import type { EventId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import { hasEnded } from '../model/run-state.ts';
import { captureRun } from '../store/capture-run.ts';
import type { Transaction } from '../store/database.ts';
import { findWriterOffset } from '../store/history-writes.ts';
import type { Latch } from '../store/latches.ts';
import type { RunHead } from '../store/run-heads.ts';
import { findRunSubject } from '../store/run-subjects.ts';
import { alertsOfTransitions } from './alerts.ts';
import { aboutRun, Caused } from './caused.ts';
import { firingsFor, judgeValues } from './judge-values.ts';
import type { LatchMove } from './latch-moves.ts';
import { withoutLateCopies } from './late-copies.ts';
import { type NewLines, newLines } from './new-lines.ts';
import { numberSteps } from './number-steps.ts';
import { reportTransitions } from './report-state.ts';
import type { TrackingRoom } from './room.ts';
import { type HistoryLine, knowsPart, type RunChunk } from './run-chunk.ts';
import { RunLatches } from './run-latches.ts';
import { heard, type Transition } from './run-transitions.ts';
import { type Settling, settlingAfter } from './settling.ts';
import type { CachedWindows } from './window-cache.ts';

/** Everything that storing one chunk changes, decided and not yet saved. */
export interface Decision {
  /** When the chunk arrived: what it fires was fired then, however long it takes to be stored. */
  readonly now: Instant;
  readonly chunk: RunChunk;
  readonly before: RunHead;
  readonly head: RunHead;
  readonly history: NewLines<HistoryLine>;
  readonly events: NewLines<HistoryLine>;
  readonly caused: Caused;
  readonly moves: readonly LatchMove[];
  /** Who waits for the run to stay in a new state; `undefined` when it has none. */
  readonly settling: Settling | undefined;
  /** To be kept after the commit; `undefined` when no automation watches a metric of the run, and when it has ended. */
  readonly windows: CachedWindows | undefined;
  /** Values that were judged, each once for every automation that watches it. */
  readonly evaluations: number;
}

/**
 * Decides what a chunk means for its run: which lines are new, the state that follows, and the automations that
 * fire. The run's lock is held; nothing is written.
 *
 * @param mostChunks how many stored chunks may be read back for windows that are not in memory
 * @throws FarBack when that does not suffice
 */
export async function decideChunk(
  room: TrackingRoom,
  tx: Transaction,
  before: RunHead,
  plan: RunPlan,
  received: RunChunk,
  stored: readonly Latch[],
  mostChunks: number,
): Promise<Decision> {
  const chunk = await withoutLateCopies(tx, before, received);
  const now = room.ground.clock.now();
  const sent = newLines(chunk.history, await offsetOf(tx, before, chunk, 'history'));
  const history = chunk.writer === undefined ? sent : { ...sent, lines: numberSteps(sent.lines, before.lastStep) };
  const events = newLines(chunk.events, await offsetOf(tx, before, chunk, 'events'));
  const moved = heard(countLines(before, chunk, history, events), chunk, now);
  const decided = { now, chunk, before, head: moved.head, history, events };
  const caused = new Caused(room.ground, now);
  const lines = { history: history.lines, events: events.lines };
  const latches = new RunLatches(before, stored, now);
  const context = { now, latches: latches.stored };
  const judged = await judgeValues(room.windows, tx, before, plan, lines, context, mostChunks);
  const reports = moved.transitions.some(({ reports }) => reports !== undefined);
  const [starts, ends] = splitTransitions(moved.transitions);
  // its values come after its start and before its end
  const logging = { ...moved.head, state: starts.at(-1)?.to ?? before.state };
  const run = reports || judged?.asksFilters ? await runNow(room, tx, logging, chunk) : undefined;
  const alerts = await alertsOfTransitions(tx, before, run?.author, moved.transitions);
  const firings = judged === undefined ? [] : firingsFor(judged, latches, run);
  if (run !== undefined) {
    reportTransitions(caused, before, run, { transitions: starts, plan, alerts, latches });
    for (const firing of firings) {
      latches.fired(firing.automation, reportFiring(caused, before, firing, run), firing.line);
    }
    reportTransitions(caused, before, run, { transitions: ends, plan, alerts, latches });
  }
  return {
    ...decided,
    caused,
    moves: latches.moves,
    settling: settlingAfter(before, moved.transitions, plan, now),
    evaluations: judged?.evaluations ?? 0,
    windows: judged && !hasEnded(moved.head.state) ? cachedAt(moved.head, judged.windows) : undefined,
  };
}

function cachedAt({ epoch, metaVersion, historyLines, eventsLines }: RunHead, windows: RunWindows): CachedWindows {
  return { epoch, metaVersion, historyLines, eventsLines, windows };
}

async function offsetOf(
  tx: Transaction,
  head: RunHead,
  chunk: RunChunk,
  stream: 'history' | 'events',
): Promise<number> {
  if (chunk[stream] === undefined || chunk.writer === undefined) {
    return stream === 'history' ? head.historyOffset : head.eventsOffset;
  }
  return findWriterOffset(tx, head, stream, chunk.writer);
}

function countLines(
  head: RunHead,
  chunk: RunChunk,
  history: NewLines<HistoryLine>,
  events: NewLines<HistoryLine>,
): RunHead {
  const steps = history.lines.flatMap(({ step }) => step ?? []);
  const ownOffsets = chunk.writer === undefined;
  const consoleEnd = chunk.console === undefined ? 0 : chunk.console.offset + chunk.console.lines.length;
  return {
    ...head,
    historyLines: head.historyLines + history.lines.length,
    eventsLines: head.eventsLines + events.lines.length,
    historyOffset: ownOffsets ? history.nextOffset : head.historyOffset,
    eventsOffset: ownOffsets ? events.nextOffset : head.eventsOffset,
    consoleLines: Math.max(head.consoleLines, consoleEnd),
    lastStep: steps.reduce((last: number | null, step) => Math.max(last ?? step, step), head.lastStep),
  };
}

/** The run as its filters see it: with the summary that this very chunk brings. */
async function runNow(room: TrackingRoom, tx: Transaction, head: RunHead, chunk: RunChunk): Promise<CapturedRun> {
  const subject = await findRunSubject(tx, head);
  if (subject === undefined) throw new Error(`run ${head.runId} has a head and no record`);
  const run = captureRun(room, subject, head);
  if (chunk.summary === undefined) return run;
  const { values } = chunk.summary;
  return { ...run, summary: knowsPart(head, chunk) ? { ...run.summary, ...values } : values };
}

/** A run that starts and ends within one request reports its start before its values, its end after them. */
function splitTransitions(transitions: readonly Transition[]): [starts: Transition[], ends: Transition[]] {
  const starts = transitions.filter(({ to }) => to === 'running');
  return [starts, transitions.filter(({ to }) => to !== 'running')];
}

function reportFiring(caused: Caused, head: RunHead, firing: Firing, run: CapturedRun): EventId {
  const explanation = { ...firing.verdict, line: firing.line, step: firing.step } as unknown as Json;
  return caused.add(aboutRun(head), captureFiring(firing, run), [{ automation: firing.automation, explanation }]);
}
