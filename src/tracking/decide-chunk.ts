import { captureFiring } from '../engine/capture-firing.ts';
import type { Latch as EngineLatch } from '../engine/latch.ts';
import type { RunPlan } from '../engine/run-plan.ts';
import type { Firing } from '../engine/run-windows.ts';
import { type CapturedRun, runFacts } from '../events/run-subject.ts';
import { matches } from '../filter/match.ts';
import type { AutomationId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { Transaction } from '../store/database.ts';
import { findWriterOffset } from '../store/history-writes.ts';
import type { Latch } from '../store/latches.ts';
import type { RunHead } from '../store/run-heads.ts';
import { findRunSubject } from '../store/run-subjects.ts';
import { findSummary } from '../store/run-summaries.ts';
import { captureRun, recaptureRun } from './capture-run.ts';
import { Caused } from './caused.ts';
import { filledWindows } from './fill-windows.ts';
import { type NewLines, newLines } from './new-lines.ts';
import { numberSteps } from './number-steps.ts';
import { observedRows } from './observe.ts';
import { reportTransitions } from './report-state.ts';
import type { TrackingRoom } from './room.ts';
import type { HistoryLine, RunChunk } from './run-chunk.ts';
import { heard, type Transition } from './run-transitions.ts';
import type { CachedWindows } from './window-cache.ts';

/** Everything that storing one chunk changes, decided and not yet saved. */
export interface Decision {
  readonly chunk: RunChunk;
  readonly before: RunHead;
  readonly head: RunHead;
  readonly history: NewLines<HistoryLine>;
  readonly events: NewLines<HistoryLine>;
  readonly caused: Caused;
  readonly latches: readonly Latch[];
  /** To be kept after the commit; `undefined` when no automation watches a metric of the run. */
  readonly windows: CachedWindows | undefined;
}

/**
 * Decides what a chunk means for its run: which lines are new, the state that follows, and the automations that
 * fire. The run's lock is held; nothing is written.
 */
export async function decideChunk(
  room: TrackingRoom,
  tx: Transaction,
  before: RunHead,
  plan: RunPlan,
  chunk: RunChunk,
  latches: readonly Latch[],
): Promise<Decision> {
  const now = room.ground.clock.now();
  const sent = newLines(chunk.history, await offsetOf(tx, before, chunk, 'history'));
  const history = chunk.writer === undefined ? sent : { ...sent, lines: numberSteps(sent.lines, before.lastStep) };
  const events = newLines(chunk.events, await offsetOf(tx, before, chunk, 'events'));
  const moved = heard(countLines(before, chunk, history, events), chunk, now);
  const decided = { chunk, before, head: moved.head, history, events };
  const caused = new Caused(room.ground.ids, before, now);
  const cached = room.windows.take(before);
  const reported = moved.transitions.some(({ reports }) => reports !== undefined);
  if (plan.metrics.size === 0 && !reported) return { ...decided, caused, latches: [], windows: undefined };

  const [windows, run] = await Promise.all([
    filledWindows(tx, before, cached, plan),
    runNow(room, tx, moved.head, chunk, cached),
  ]);
  const [starts, ends] = splitTransitions(moved.transitions);
  reportTransitions(caused, plan, run, starts);
  const firings = windows.fold(
    [
      ...observedRows(history.lines, before.historyLines, 'history', plan),
      ...observedRows(events.lines, before.eventsLines, 'events', plan),
    ],
    plan,
    { now, latches: engineLatches(latches), matchesRun: ({ runFilter }) => matches(runFilter, runFacts(run)) },
  );
  for (const firing of firings) reportFiring(caused, firing, run);
  reportTransitions(caused, plan, run, ends);
  const { epoch, metaVersion, historyLines, eventsLines } = moved.head;
  return {
    ...decided,
    caused,
    latches: firings.map((firing) => latchOf(firing, before, now)),
    windows: { epoch, metaVersion, historyLines, eventsLines, windows, run },
  };
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

/**
 * The run as its filters see it: with the summary that this very chunk brings. What is known of it from its last
 * chunk holds until its record changes; the summary may come by way of another node, so it is read.
 */
async function runNow(
  room: TrackingRoom,
  tx: Transaction,
  head: RunHead,
  chunk: RunChunk,
  cached: CachedWindows | undefined,
): Promise<CapturedRun> {
  if (cached?.metaVersion !== head.metaVersion) {
    const subject = await findRunSubject(tx, head);
    if (subject === undefined) throw new Error(`run ${head.runId} has a head and no record`);
    return captureRun(room, subject, head, chunk.summary?.values);
  }
  return recaptureRun(cached.run, head, chunk.summary?.values ?? (await findSummary(tx, head))?.summary ?? {});
}

/** A run that starts and ends within one request reports its start before its values, its end after them. */
function splitTransitions(transitions: readonly Transition[]): [starts: Transition[], ends: Transition[]] {
  const starts = transitions.filter(({ to }) => to === 'running');
  return [starts, transitions.filter(({ to }) => to !== 'running')];
}

function reportFiring(caused: Caused, firing: Firing, run: CapturedRun): void {
  const explanation = { ...firing.verdict, line: firing.line, step: firing.step } as unknown as Json;
  caused.add(captureFiring(firing, run), [{ automation: firing.automation, explanation }]);
}

function engineLatches(latches: readonly Latch[]): ReadonlyMap<AutomationId, EngineLatch> {
  return new Map(latches.map((latch) => [latch.automationId, latch]));
}

function latchOf(firing: Firing, head: RunHead, now: number): Latch {
  return {
    tenantId: head.tenantId,
    runId: head.runId,
    automationId: firing.automation.id,
    conditionRevision: firing.automation.conditionRevision,
    lastFiredAt: now,
    lastLine: firing.line,
  };
}
