import { useQueries } from '@tanstack/react-query';
import { runQuery } from '../api/get-run.ts';
import type { Run } from '../api/list-runs.ts';

/**
 * The runs that are drawn: those that are chosen, also where the list has not come to them, or else the newest of it.
 *
 * @param listed the runs that are listed; absent while they are read
 * @param newest how many of the list, where none are chosen
 */
export function useChosenRuns(
  entity: string,
  project: string,
  chosen: readonly string[] | undefined,
  listed: readonly Run[] | undefined,
  newest: number,
): readonly Run[] | undefined {
  const missing = listed === undefined ? [] : (chosen ?? []).filter((id) => !listed.some((run) => run.id === id));
  const others = useQueries({ queries: missing.map((id) => runQuery(entity, project, id)) });
  if (listed === undefined) return undefined;
  if (chosen === undefined) return listed.slice(0, newest);
  const all = [...listed, ...others.flatMap(({ data }) => data ?? [])];
  return chosen.flatMap((id) => all.find((run) => run.id === id) ?? []);
}
