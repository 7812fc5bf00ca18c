import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';

/** Whether a field of the answer is selected below the field that is being resolved, at the end of this path. */
export function selects(info: GraphQLResolveInfo, ...path: readonly string[]): boolean {
  return info.fieldNodes.some((node) => holds(node.selectionSet, path, info));
}

function holds(
  set: SelectionSetNode | undefined,
  [name, ...rest]: readonly string[],
  info: GraphQLResolveInfo,
): boolean {
  if (name === undefined) return true;
  if (set === undefined) return false;
  return set.selections.some((selection) => {
    switch (selection.kind) {
      case Kind.FIELD:
        return selection.name.value === name && holds(selection.selectionSet, rest, info);
      case Kind.INLINE_FRAGMENT:
        return holds(selection.selectionSet, [name, ...rest], info);
      case Kind.FRAGMENT_SPREAD:
        return holds(info.fragments[selection.name.value]?.selectionSet, [name, ...rest], info);
    }
    return false;
  });
}
