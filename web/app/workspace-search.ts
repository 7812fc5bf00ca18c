import { type PlotSearch, plotSearch } from '../features/plots/components/plot-settings.ts';
import { searchText } from './routes/search-text.ts';

/** What of a project's workspace an address says. */
export interface WorkspaceSearch extends PlotSearch {
  /** Ids of the runs that are drawn, with commas between; absent: the newest. */
  readonly runs?: string | readonly string[];
  /** What runs are searched for. */
  readonly search?: string;
}

export function workspaceSearch(given: Record<string, unknown>): WorkspaceSearch {
  const { runs, search } = given;
  const ids = typeof runs === 'number' ? String(runs) : runs;
  const isList = Array.isArray(ids) && ids.every((id) => typeof id === 'string');
  return {
    ...plotSearch(given),
    ...searchText({ search }),
    ...(typeof ids === 'string' || isList ? { runs: ids } : {}),
  };
}

/** The ids that an address names; `undefined` where it names none. */
export function idsOf(runs: WorkspaceSearch['runs']): readonly string[] | undefined {
  if (typeof runs !== 'string') return runs;
  return runs.split(',').filter((id) => id !== '');
}

/** Ids as an address names them. An id with a comma in it makes them a list. */
export function runsOf(ids: readonly string[]): NonNullable<WorkspaceSearch['runs']> {
  return ids.some((id) => id.includes(',')) ? [...ids] : ids.join(',');
}
