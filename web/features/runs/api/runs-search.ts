import { type Given, textsIn } from '../../../lib/address-text.ts';
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

export function parseRunsSearch(given: Given): RunsSearch {
  const { filter, columns, group } = given;
  return {
    ...textsIn(given, ['search', 'sort', 'groups', 'runs']),
    ...(isTree(filter) ? { filter } : {}),
    ...(areTexts(columns) ? { columns } : {}),
    ...(areTexts(group) && group.length > 0 ? { group } : {}),
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

function areTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string' && each !== '');
}
