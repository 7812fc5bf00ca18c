import type { MetricAutomation } from '../engine/automation.ts';
import type { LatchChange } from '../engine/latch-fold.ts';
import { type Line, Observed } from '../engine/observe.ts';
import type { RunPlan } from '../engine/run-plan.ts';
import type { RunWindows } from '../engine/run-windows.ts';
import type { Firing, FoldContext, Folded } from '../engine/series-fold.ts';
import { type CapturedRun, runFacts } from '../events/run-subject.ts';
import { matches } from '../filter/match.ts';
import type { Transaction } from '../store/database.ts';
import type { Stream } from '../store/history-writes.ts';
import type { RunHead } from '../store/run-heads.ts';
import { filledWindows } from './fill-windows.ts';
import type { RunLatches } from './run-latches.ts';
import type { WindowCache } from './window-cache.ts';

/** What the values of a chunk mean to the automations that watch them. */
export interface Judged {
  /** To be kept after the commit. */
  readonly windows: RunWindows;
  /** If the run's filters let them. */
  readonly folded: Folded;
  /** Whether the run must be read to ask its filters: most chunks need no more of it than its head. */
  readonly asksFilters: boolean;
  /** Values, each once for every automation that watches it. */
  readonly evaluations: number;
}

/**
 * Judges the new lines of a run, whose lock is held.
 *
 * @param before the head as it was before these lines
 * @param mostChunks how many stored chunks may be read back for windows that are not in memory
 * @returns `undefined` when no metric is watched where the run lies
 * @throws FarBack when that does not suffice
 */
export async function judgeValues(
  cache: WindowCache,
  tx: Transaction,
  before: RunHead,
  plan: RunPlan,
  lines: Readonly<Record<Stream, readonly Line[]>>,
  context: FoldContext,
  mostChunks: number,
): Promise<Judged | undefined> {
  if (!plan.watchesMetrics) return undefined;
  const observed = new Observed(plan);
  observed.add('history', before.historyLines, lines.history);
  observed.add('events', before.eventsLines, lines.events);
  const windows = await filledWindows(tx, before, cache.take(before), plan, observed, mostChunks);
  const folded = windows.fold(observed, context);
  const unknown = [...folded.latches.keys()].some((automation) => !windows.includes(automation));
  const asksFilters = folded.firings.length > 0 || unknown;
  return { windows, folded, asksFilters, evaluations: evaluationsOf(observed) };
}

function evaluationsOf({ watches, rows }: Observed): number {
  const watchers = watches.map((watch) => watch.watchers.length);
  let evaluations = 0;
  for (const { series } of rows) for (const place of series) evaluations += watchers[place] ?? 0;
  return evaluations;
}

/**
 * The firings whose automations are about the run, as it is with the chunk that caused them.
 *
 * @param latches takes in what becomes of their latches
 * @param run needed when filters must be asked
 */
export function firingsFor(judged: Judged, latches: RunLatches, run: CapturedRun | undefined): readonly Firing[] {
  const { windows, folded } = judged;
  const facts = run && runFacts(run);
  const isAbout = (automation: MetricAutomation): boolean =>
    windows.includes(automation) || (facts !== undefined && matches(automation.filter, facts));
  const about = new Set<MetricAutomation>();
  const excluded: MetricAutomation[] = [];
  for (const [automation, latch] of folded.latches) {
    const matched = isAbout(automation);
    const change = matched ? latch : unfired(latch, latches.stored.get(automation.id)?.armed);
    latches.change(automation, change);
    if (matched) about.add(automation);
    if (matched && automation.steady) windows.include(automation);
    if (!matched && automation.steady && !awaitsFailure(automation, change)) excluded.push(automation);
  }
  windows.exclude(excluded);
  return folded.firings.filter(({ automation }) => about.has(automation));
}

/** Whether it must still be judged, by every node alike: the value that arms it again comes whatever the filter says. */
function awaitsFailure({ policy }: MetricAutomation, { armed }: LatchChange): boolean {
  return policy.kind === 'every_crossing' && !armed;
}

/** The change of a latch whose automation is not about the run: nothing fires, nothing is held back. */
function unfired({ rearmed }: LatchChange, storedArmed = true): LatchChange {
  return { armed: storedArmed || rearmed, rearmed, held: [0] };
}
