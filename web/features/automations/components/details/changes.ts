import { isObject, type Tree } from '../../../../lib/trees.ts';

/** A value that an edit changed; `undefined` where there was or is none. */
export interface Change {
  /** `event.threshold` */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

const LONGEST = 80;

/** What differs between two states of an automation, value by value. */
export function changesBetween(before: unknown, after: unknown): readonly Change[] {
  const [old, now] = [leavesOf(before), leavesOf(after)];
  const paths = [...new Set([...old.keys(), ...now.keys()])];
  return paths
    .map((path) => ({ path, before: old.get(path), after: now.get(path) }))
    .filter((change) => change.before !== change.after);
}

function leavesOf(value: unknown, path = ''): ReadonlyMap<string, string> {
  if (!isObject(value) || isFilter(value)) {
    return path === '' ? new Map() : new Map([[path, shortened(JSON.stringify(value))]]);
  }
  return new Map(
    Object.entries(value).flatMap(([key, member]) => {
      // event, action and options say themselves what they are
      if (key === 'definition') return [...leavesOf(member)];
      return [...leavesOf(member, path === '' ? key : `${path}.${key}`)];
    }),
  );
}

/** A filter is read as a whole. */
function isFilter(value: Tree): boolean {
  return Object.keys(value).some((key) => key.startsWith('$'));
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
