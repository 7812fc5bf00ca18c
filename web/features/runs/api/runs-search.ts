import { isTree, type Tree } from '../../../lib/trees.ts';

/** How the runs of a project are listed, as the address says it. */
export interface RunsSearch {
  readonly search?: string;
  /** In the language of the client. */
  readonly filter?: Tree;
  /** A field, with `-` before it for the other direction. */
  readonly sort?: string;
  /** Fields that have a column; absent: some that most runs have. */
  readonly columns?: readonly string[];
  /** Fields by whose values runs are grouped. */
  readonly group?: readonly string[];
  /** By what groups are ordered: `created`, `count` or one of their fields, with `-` before it for downwards. */
  readonly groups?: string;
  /** Ids of the runs that are chosen, with commas between them. */
  readonly runs?: string;
}

export function parseRunsSearch(given: Record<string, unknown>): RunsSearch {
  const { search, filter, sort, columns, group, groups, runs } = given;
  return {
    ...(isText(search) ? { search } : {}),
    ...(isTree(filter) ? { filter } : {}),
    ...(isText(sort) ? { sort } : {}),
    ...(Array.isArray(columns) ? { columns: columns.filter(isText) } : {}),
    ...(Array.isArray(group) && group.some(isText) ? { group: group.filter(isText) } : {}),
    ...(isText(groups) ? { groups } : {}),
    // an id may read as a number
    ...(isText(runs) || typeof runs === 'number' ? { runs: String(runs) } : {}),
  };
}

/** The order of a list of runs where none is asked for. */
export const USUAL_SORT = '-created_at';

/** How groups are ordered. */
export interface GroupOrder {
  readonly by: string;
  readonly ascending: boolean;
}

/** The order of groups that the address names; that of their newest runs where they have no other of that name. */
export function groupOrder({ group = [], groups = '' }: RunsSearch): GroupOrder {
  const by = groups.replace(/^-/, '');
  if (!['created', 'count', ...group].includes(by)) return { by: 'created', ascending: false };
  return { by, ascending: !groups.startsWith('-') };
}

/** The same as the address says it; `undefined` for the usual one. */
export function groupOrderText({ by, ascending }: GroupOrder): string | undefined {
  return by === 'created' && !ascending ? undefined : `${ascending ? '' : '-'}${by}`;
}

/** Runs that may be chosen at a time: their ids stand in the address. */
export const MOST_CHOSEN = 200;

export function chosenRuns({ runs }: RunsSearch): ReadonlySet<string> {
  return new Set(runs?.split(',').filter((id) => id !== ''));
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
