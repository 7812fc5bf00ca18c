import { isTree } from '../../../lib/trees.ts';

/**
 * The plain values and lists in a tree, by their dotted paths: as filters (`metadata.eval.loss`) and payloads
 * (`${artifact_metadata.eval.loss}`) name them.
 */
export function flatValues(tree: Readonly<Record<string, unknown>>, above = ''): Record<string, unknown> {
  const parts = Object.entries(tree).flatMap(([name, value]): [string, unknown][] => {
    const path = above + name;
    return isTree(value) ? Object.entries(flatValues(value, `${path}.`)) : [[path, value]];
  });
  return Object.fromEntries(parts);
}
