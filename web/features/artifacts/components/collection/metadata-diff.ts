import type { Tree } from '../../../../lib/trees.ts';
import { flatValues } from '../flat-values.ts';

/** What two versions say at one path of their metadata; absent where one says nothing. */
export interface Difference {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly isSame: boolean;
}

/** What two trees say, path by path, in the order of the paths. */
export function metadataDiff(before: Tree, after: Tree): readonly Difference[] {
  const [one, other] = [flatValues(before), flatValues(after)];
  const paths = [...new Set([...Object.keys(one), ...Object.keys(other)])].toSorted();
  return paths.map((path) => ({
    path,
    before: one[path],
    after: other[path],
    isSame: JSON.stringify(one[path]) === JSON.stringify(other[path]),
  }));
}
