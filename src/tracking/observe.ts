import { observations } from '../engine/observations.ts';
import type { RunPlan } from '../engine/run-plan.ts';
import type { ObservedRow } from '../engine/run-windows.ts';
import type { JsonObject } from '../model/json.ts';
import type { Stream } from '../store/history-writes.ts';
import type { HistoryLine } from './run-chunk.ts';

/** The watched values of one line. */
export function watchedValues(line: JsonObject, stream: Stream, plan: RunPlan): [series: string, value: number][] {
  const found: [string, number][] = [];
  observations(line, plan.watchedIn(stream), (series, value) => found.push([series, value]));
  return found;
}

/** The rows that windows fold: lines of one stream with the watched values in them. */
export function observedRows(
  lines: readonly HistoryLine[],
  firstLine: number,
  stream: Stream,
  plan: RunPlan,
): ObservedRow[] {
  if (plan.metrics.size === 0) return [];
  return lines.flatMap(({ values, step, timestamp }, index) => {
    const watched = watchedValues(values, stream, plan);
    return watched.length === 0 ? [] : [{ line: firstLine + index, step, timestamp, values: watched }];
  });
}
