import { type Line, Observed } from '../engine/observe.ts';
import type { RunPlan } from '../engine/run-plan.ts';
import type { Firing, FoldContext, RunWindows } from '../engine/run-windows.ts';
import { type CapturedRun, runFacts } from '../events/run-subject.ts';
import { matches } from '../filter/match.ts';
import type { Transaction } from '../store/database.ts';
import type { Stream } from '../store/history-writes.ts';
import type { RunHead } from '../store/run-heads.ts';
import { filledWindows } from './fill-windows.ts';
import type { WindowCache } from './window-cache.ts';

/** What the values of a chunk mean to the automations that watch them. */
export interface Judged {
  /** To be kept after the commit. */
  readonly windows: RunWindows;
  /** In their order. The run's filters have not been asked: most chunks need no more of the run than its head. */
  readonly held: readonly Firing[];
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
  return { windows, held: windows.fold(observed, context), evaluations: evaluationsOf(observed) };
}

function evaluationsOf({ watches, rows }: Observed): number {
  const watchers = watches.map((watch) => watch.watchers.length);
  let evaluations = 0;
  for (const { series } of rows) for (const place of series) evaluations += watchers[place] ?? 0;
  return evaluations;
}

/** The firings whose automations are about the run, as it is with the chunk that caused them. */
export function firingsFor({ windows, held }: Judged, run: CapturedRun): readonly Firing[] {
  const facts = runFacts(run);
  const [firings, misses]: [Firing[], Firing[]] = [[], []];
  for (const firing of held) (matches(firing.automation.filter, facts) ? firings : misses).push(firing);
  windows.exclude(misses.flatMap(({ automation }) => (automation.steady ? [automation] : [])));
  return firings;
}
