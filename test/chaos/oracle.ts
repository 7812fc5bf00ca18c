import type { Aggregation, Change, Condition, StateChange, Threshold } from './conditions.ts';
import type { Chunk, Line, Script } from './script.ts';

/** An automation as the oracle knows it. */
export interface Watched {
  readonly name: string;
  readonly condition: Condition;
}

/**
 * What must have fired for one run, told as its payload would tell it. Written from the rules alone, in the plainest
 * way, and on purpose without a line of the program that it judges.
 *
 * @param chunks those that are stored, in order
 */
export function firingsOf(script: Script, chunks: readonly Chunk[], watched: readonly Watched[]): string[] {
  const matching = watched.filter(({ condition }) => !('group' in condition) || isOfGroup(condition, script));
  return matching.flatMap(({ name, condition }) => {
    if (condition.kind === 'state') {
      return statesTold(script, chunks)
        .filter((told) => condition.states.some((state) => state === told.toUpperCase()))
        .map((told) => firing(name, script.id, told));
    }
    const series = numbersOf(condition.metric, chunks);
    const end = series.findIndex((_, at) => holds(condition, series.slice(0, at + 1)));
    if (end === -1) return [];
    // once in 24 hours, and no round lets a day pass before its runs have ended
    return [firing(name, script.id, shown(condition, series.slice(0, end + 1)).join(', '))];
  });
}

/** One firing, so that it can be compared: which automation, which run, and the state or values that it tells. */
export function firing(automation: string, run: string, what: string): string {
  return `${automation} for ${run}: ${what}`;
}

/** The state that a run must have once it was heard of for the last time, and five silent minutes have passed. */
export function lastState({ steps }: Script): string {
  const last = steps.at(-1);
  if (last?.kind !== 'chunk' || last.exitCode === undefined) return 'crashed';
  return stateAfter(last.exitCode);
}

function stateAfter(exitCode: number): string {
  if (exitCode === 255) return 'killed';
  return exitCode === 0 ? 'finished' : 'failed';
}

function isOfGroup(condition: Threshold | StateChange, { group }: Script): boolean {
  return condition.group === undefined || condition.group === group;
}

/** `Running` at each start, how it ended, and `Failed` when it was never heard of again; nothing for a killed run. */
function statesTold({ steps }: Script, stored: readonly Chunk[]): string[] {
  const told = { finished: ['Finished'], failed: ['Failed'], killed: [], crashed: ['Failed'] };
  const happened = steps.filter((step) => step.kind === 'start' || stored.includes(step));
  const alive = happened.flatMap((step) => {
    if (step.kind === 'start') return ['Running'];
    return step.exitCode === undefined ? [] : told[stateAfter(step.exitCode) as keyof typeof told];
  });
  return lastState({ steps } as Script) === 'crashed' ? [...alive, ...told.crashed] : alive;
}

function numbersOf(metric: string, chunks: readonly Chunk[]): number[] {
  const lines: readonly Line[] = chunks.flatMap((chunk) =>
    metric.startsWith('system.') ? chunk.events : chunk.history,
  );
  return lines.flatMap(({ values }) => values[metric] ?? []);
}

function holds(condition: Threshold | Change, series: readonly number[]): boolean {
  return condition.kind === 'threshold' ? exceeds(condition, series) : changes(condition, series);
}

function exceeds({ aggregation, window, comparison, threshold }: Threshold, series: readonly number[]): boolean {
  const count = aggregation === null ? 1 : window;
  if (series.length < count) return false;
  const value = measure(series.slice(-count), aggregation);
  return comparison === '$gt' ? value > threshold : value < threshold;
}

function changes(condition: Change, series: readonly number[]): boolean {
  const { aggregation, type, direction, amount } = condition;
  const [current, prior] = aggregation === null ? [1, 1] : [condition.current, condition.prior];
  if (series.length < current + prior) return false;
  const after = measure(series.slice(-current), aggregation);
  const before = measure(series.slice(-current - prior, -current), aggregation);
  const difference = after - before;
  if (difference === 0) return false;
  const change = type === 'ABSOLUTE' ? difference : difference / Math.abs(before);
  if (direction === 'ANY') return Math.abs(change) >= amount;
  return direction === 'INCREASE' ? change >= amount : change <= -amount;
}

/** The values that a payload shows: those of the current window. */
function shown(condition: Threshold | Change, series: readonly number[]): readonly number[] {
  if (condition.aggregation === null) return series.slice(-1);
  return series.slice(-(condition.kind === 'threshold' ? condition.window : condition.current));
}

function measure(values: readonly number[], aggregation: Aggregation | null): number {
  switch (aggregation) {
    case null:
      return values.at(-1)!;
    case 'MIN':
      return Math.min(...values);
    case 'MAX':
      return Math.max(...values);
    case 'AVERAGE':
      return values.reduce((sum, value) => sum + value, 0) / values.length;
  }
}
