import { useQueries } from '@tanstack/react-query';
import { runQuery } from '../api/get-run.ts';
import type { Run } from '../api/list-runs.ts';

/** Runs that are drawn when none are chosen. */
const NEWEST = 10;

/**
 * The runs that are drawn: those that are chosen, also where the list has not come to them, or else the newest of it.
 *
 * @param listed the runs that are listed; absent while they are read
 */
export function useChosenRuns(
  entity: string,
  project: string,
  chosen: readonly string[] | undefined,
  listed: readonly Run[] | undefined,
): readonly Run[] | undefined {
  const missing = listed === undefined ? [] : (chosen ?? []).filter((id) => !listed.some((run) => run.id === id));
  const others = useQueries({ queries: missing.map((id) => runQuery(entity, project, id)) });
  if (listed === undefined) return undefined;
  if (chosen === undefined) return listed.slice(0, NEWEST);
  const all = [...listed, ...others.flatMap(({ data }) => data ?? [])];
  return chosen.flatMap((id) => all.find((run) => run.id === id) ?? []);
}
