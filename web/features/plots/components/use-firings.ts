import { useQueries } from '@tanstack/react-query';
import type { Axis } from '../../../components/chart/chart-line.ts';
import { type Firing, firingsQuery } from '../api/list-firings.ts';
import type { ProjectPlace } from '../api/run-lines.ts';
import type { PlotRun } from './plot-run.ts';
import { axisText } from './plot-settings.ts';

/** Where metrics of some runs made automations fire, told along any of some axes. */
export function useFirings(
  place: ProjectPlace,
  runs: readonly PlotRun[],
  axes: readonly Axis[],
): (axis: Axis) => readonly Firing[] {
  const ids = runs.map(({ id }) => id);
  const live = runs.some((run) => run.live);
  const byText = new Map(axes.map((axis) => [axisText(axis), axis]));
  const found = useQueries({ queries: [...byText.values()].map((axis) => firingsQuery(place, ids, axis, live)) });
  const texts = [...byText.keys()];
  return (axis) => found[texts.indexOf(axisText(axis))]?.data ?? [];
}
