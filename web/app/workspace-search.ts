import { type PlotSearch, plotSearch } from '../features/plots/components/plot-settings.ts';
import { type Given, textsIn } from '../lib/address-text.ts';
import { NEWEST, NEWEST_OFFERED } from '../lib/newest-runs.ts';
import type { RunIds } from '../lib/run-ids.ts';

/** What of a project's workspace an address says. */
export interface WorkspaceSearch extends PlotSearch {
  /** Ids of the runs that are drawn, with commas between; absent: the newest. */
  readonly runs?: RunIds;
  /** What runs are searched for. */
  readonly search?: string;
  /** How many are drawn where none are named, if not as many as by itself. */
  readonly newest?: number;
}

export function workspaceSearch(given: Given): WorkspaceSearch {
  const { runs, newest } = given;
  const ids = typeof runs === 'number' ? String(runs) : runs;
  const isList = Array.isArray(ids) && ids.every((id) => typeof id === 'string');
  return {
    ...plotSearch(given),
    ...textsIn(given, ['search']),
    ...(NEWEST_OFFERED.some((count) => count === newest) && newest !== NEWEST ? { newest: Number(newest) } : {}),
    // an empty one names no run
    ...(typeof ids === 'string' || isList ? { runs: ids } : {}),
  };
}
