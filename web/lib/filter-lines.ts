import { type Condition, conditionOf, treeOf } from './conditions.ts';
import { isTree, type Tree } from './trees.ts';

/** A filter in the language of the client, as an address has it. */
export type FilterTree = Tree;

/** A filter as lines that must all hold, and what no line can say. */
export interface FilterLines {
  readonly conditions: readonly Condition[];
  readonly rest: readonly FilterTree[];
}

/** Nothing of a filter is lost: what a line cannot say is kept as it was written. */
export function linesOf(filter: FilterTree | undefined): FilterLines {
  const read = partsOf(filter ?? {}).map((part) => ({ part, condition: conditionOf(part) }));
  return {
    conditions: read.flatMap(({ condition }) => condition ?? []),
    rest: read.filter(({ condition }) => condition === undefined).map(({ part }) => part),
  };
}

/** `undefined` when nothing is asked. */
export function filterOf({ conditions, rest }: FilterLines): FilterTree | undefined {
  const [first, ...others] = [...conditions.map(treeOf), ...rest];
  if (first === undefined) return undefined;
  return others.length === 0 ? first : { $and: [first, ...others] };
}

function partsOf(filter: FilterTree): readonly FilterTree[] {
  const keys = Object.keys(filter);
  if (keys.join() === '$and' && Array.isArray(filter.$and) && filter.$and.every(isTree)) return filter.$and;
  // several fields side by side must all hold
  return keys.map((key) => ({ [key]: filter[key] }));
}
