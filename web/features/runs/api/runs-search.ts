/** By what the groups of runs are ordered, with its words. */
export const GROUP_ORDERS = { created: 'newest first', count: 'most runs first', value: 'by value' } as const;
export type GroupOrder = keyof typeof GROUP_ORDERS;

type Tree = Readonly<Record<string, unknown>>;

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
  readonly groups?: GroupOrder;
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
    ...(isText(groups) && isOrder(groups) ? { groups } : {}),
    // an id may read as a number
    ...(isText(runs) || typeof runs === 'number' ? { runs: String(runs) } : {}),
  };
}

/** Runs that may be chosen at a time: their ids stand in the address. */
export const MOST_CHOSEN = 200;

export function chosenRuns({ runs }: RunsSearch): ReadonlySet<string> {
  return new Set(runs?.split(',').filter((id) => id !== ''));
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isOrder(text: string): text is GroupOrder {
  return Object.hasOwn(GROUP_ORDERS, text);
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}
