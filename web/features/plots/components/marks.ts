import type { ChartMark } from '../../../components/chart/chart-line.ts';
import type { Firing } from '../api/list-firings.ts';
import type { PlotRun } from './plot-run.ts';

/** Where automations fired for some runs; what stands nowhere along the axis has no mark. */
export function marksOf(firings: readonly Firing[], runs: readonly PlotRun[]): ChartMark[] {
  return firings.flatMap(({ execution, automation, run, words, x, value }): ChartMark[] => {
    if (x === null || typeof value !== 'number') return [];
    const name = runs.length > 1 ? runs.find(({ id }) => id === run)?.name : undefined;
    const whose = name === undefined ? '' : ` for ${name}`;
    return [{ key: execution, execution, x, value, words: `${automation.name} fired${whose}: ${words}` }];
  });
}
