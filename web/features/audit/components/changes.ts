import { isObject } from '../../../lib/trees.ts';

/** A field of what was changed; a side that had none of it is `undefined`. */
export interface Change {
  /** Names from the outside in, with dots between. */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What differs between before and after, field by field, in the order in which the fields stand. */
export function changesOf(before: unknown, after: unknown): readonly Change[] {
  const [was, is] = [new Map(fieldsOf(before, '')), new Map(fieldsOf(after, ''))];
  const paths = [...new Set([...was.keys(), ...is.keys()])];
  return paths
    .map((path) => ({ path, before: was.get(path), after: is.get(path) }))
    .filter((change) => change.before !== change.after);
}

function fieldsOf(value: unknown, path: string): (readonly [string, string])[] {
  if (value === null && path === '') return [];
  if (!isObject(value)) return [[path, textOf(value)]];
  const entries = Object.entries(value);
  if (entries.length === 0 && path !== '') return [[path, '{}']];
  return entries.flatMap(([name, field]) => fieldsOf(field, path === '' ? name : `${path}.${name}`));
}

function textOf(value: unknown): string {
  if (value === null || value === '') return 'none';
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return JSON.stringify(value);
  if (value.length === 0) return 'none';
  return value.every((each) => typeof each === 'string') ? value.join(', ') : JSON.stringify(value);
}
