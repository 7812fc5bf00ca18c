import type { Axis, ChartMark } from '../../../components/chart/chart-line.ts';
import type { Firing } from '../api/list-firings.ts';
import type { PlotRun } from './plot-run.ts';

/** Where automations fired for some runs, on an axis that tells where that was. */
export function marksOf(firings: readonly Firing[], axis: Axis, runs: readonly PlotRun[]): ChartMark[] {
  if (axis.by !== 'step' && axis.by !== 'time') return [];
  return firings.flatMap(({ execution, automation, run, words, step, time, value }): ChartMark[] => {
    const x = axis.by === 'step' ? step : time;
    if (x === null || typeof value !== 'number') return [];
    const name = runs.length > 1 ? runs.find(({ id }) => id === run)?.name : undefined;
    const whose = name === undefined ? '' : ` for ${name}`;
    return [{ key: execution, execution, x, value, words: `${automation.name} fired${whose}: ${words}` }];
  });
}
