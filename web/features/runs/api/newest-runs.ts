import { useInfiniteQuery } from '@tanstack/react-query';
import { runsQuery } from './list-runs.ts';

/** The runs of a project, newest first, as far as the list has come. */
export function useNewestRuns(entity: string, project: string, search: string) {
  const list = useInfiniteQuery(runsQuery({ entity, project }, { search: search || undefined, columns: [] }));
  return { list, rows: list.data?.rows };
}
